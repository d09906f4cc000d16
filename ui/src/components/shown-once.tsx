import type { ReactNode } from 'react';
import { Button } from './button';
import { Copyable } from './copyable';
import { Notice } from './notice';

type Props = {
  title: string;
  children: ReactNode;
  text: string;
  /** What the button that copies it is called. */
  copy: string;
  onDone: () => void;
};

/** A key or a link, the one time that it is shown, below what is to be known of it. */
export function ShownOnce({ title, children, text, copy, onDone }: Props) {
  return (
    <>
      <Notice tone="wait" title={title}>
        {children}
      </Notice>
      <Copyable text={text} label={copy} showLabel />
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </>
  );
}

import type { ReactNode } from 'react';
import { Button } from './button';
import { CopyButton } from './copy-button';
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
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-inset px-3 py-2 font-mono text-xs break-all">
          {text}
        </code>
        <CopyButton text={text} label={copy} showLabel />
      </div>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </>
  );
}

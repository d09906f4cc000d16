import { useEffect } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';

type Props = {
  newer: { version: number; load: () => void } | undefined;
  changed: boolean;
  /** Called before the newer version takes the place of this one. */
  onLoad: () => void;
};

/** Somebody has saved another version: it is loaded at once where nothing was changed here, else on demand. */
export function Newer({ newer, changed, onLoad }: Props) {
  const wanted = newer !== undefined && !changed;
  useEffect(() => {
    if (!wanted) return;
    onLoad();
    newer.load();
  });
  if (!newer || !changed) return null;
  return (
    <Notice tone="wait" title={`Version ${newer.version} was saved meanwhile`}>
      <p>Your changes are made to the version before it, and cannot be saved over it.</p>
      <Button
        size="sm"
        className="mt-2"
        onClick={() => {
          onLoad();
          newer.load();
        }}
      >
        Drop my changes and load it
      </Button>
    </Notice>
  );
}

/** Ctrl+S saves, Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y go back and forth where no text field has an undo of its own. */
import { type RefObject, useEffect, useRef } from 'react';

type Acts = { save: () => void; undo: (() => void) | undefined; redo: (() => void) | undefined };

export function useKeys(frame: RefObject<HTMLElement | null>, acts: Acts): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const node = frame.current;
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === 's') {
        event.preventDefault();
        // A field that takes its value over when it is left does so first.
        const focused = document.activeElement as HTMLElement | null;
        focused?.blur();
        focused?.focus();
        setTimeout(() => latest.current.save());
      } else if ((key === 'z' || key === 'y') && !(event.target as Element).closest('input, textarea')) {
        event.preventDefault();
        (event.shiftKey || key === 'y' ? latest.current.redo : latest.current.undo)?.();
      }
    };
    node?.addEventListener('keydown', press);
    return () => node?.removeEventListener('keydown', press);
  }, [frame]);
}

/** Steps that are pasted while a place of the canvas has the focus go behind it: from the system's clipboard, or what this page
 * holds where that could not be written. The browser itself says what is pasted, so no permission is asked for. */
import { useEffect, useRef } from 'react';
import { useEdit } from '@/features/flow-editor/context';
import { fromText, insertSteps } from '@/features/flow-editor/model/ranges';
import { clipboard } from '@/features/flow-editor/steps/carry';
import { afterPlace, type Place } from './shape';

export function usePaste(places: ReadonlyMap<string, Place>): void {
  const { move } = useEdit();
  const latest = useRef(places);
  latest.current = places;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const node = document.activeElement?.closest<HTMLElement>('[data-node]');
      const place = latest.current.get(node?.dataset.node ?? '');
      const steps =
        fromText(event.clipboardData?.getData('text/plain') ?? '') ??
        (clipboard.alone ? clipboard.steps : []);
      if (!place || steps.length === 0) return;
      event.preventDefault();
      const { list, index } = afterPlace(place);
      move((doc) => insertSteps(doc, list, index, steps));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [move]);
}

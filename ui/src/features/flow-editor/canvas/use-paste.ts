/** Steps that are pasted while a place of the canvas has the focus go behind it: from the system's clipboard, or what this page
 * holds where that could not be written. The browser itself says what is pasted, so no permission is asked for. */
import { useEffect, useRef, useState } from 'react';
import { useEdit } from '@/features/flow-editor/context';
import { fromText, insertSteps } from '@/features/flow-editor/model/ranges';
import { clipboard } from '@/features/flow-editor/steps/carry';
import { afterPlace, type Place } from './shape';

/** Gives why the last text was not taken, while nothing else was chosen. */
export function usePaste(places: ReadonlyMap<string, Place>, selected: string): string | undefined {
  const { move } = useEdit();
  const [refused, setRefused] = useState<{ why: string; at: string }>();
  const latest = useRef({ places, selected });
  latest.current = { places, selected };
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const node = document.activeElement?.closest<HTMLElement>('[data-node]');
      const place = latest.current.places.get(node?.dataset.node ?? '');
      if (!place) return;
      event.preventDefault();
      const read = fromText(event.clipboardData?.getData('text/plain') ?? '');
      const found = 'why' in read && clipboard.alone ? { steps: clipboard.steps } : read;
      setRefused('why' in found ? { why: found.why, at: latest.current.selected } : undefined);
      if ('why' in found) return;
      const { list, index } = afterPlace(place);
      move((doc) => insertSteps(doc, list, index, found.steps));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [move]);
  return refused?.at === selected ? refused.why : undefined;
}

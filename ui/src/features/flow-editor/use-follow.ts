/** Form or picture and the text beside it show the same step: each follows where the other is looked at, and takes no focus. */
import { type FocusEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import type { EditorHandle } from '@/components/json-editor';
import type { Chosen } from './canvas/use-place';
import type { Doc } from './model/json';
import { stepsAround } from './model/steps';

type Props = {
  read: () => Doc;
  chosen: Chosen;
  /** The picture is shown, not the form. */
  drawn: boolean;
  text: RefObject<EditorHandle | null>;
  /** Brings a step of the form into sight. */
  reveal: (at: string) => void;
};

export function useFollow({ read, chosen, drawn, text, reveal }: Props) {
  const { places, selected, select } = chosen;
  const last = useRef('');
  const place = places.get(selected);
  const at = drawn && place?.what === 'step' ? place.at : undefined;
  useEffect(() => {
    if (at === undefined) return;
    last.current = at;
    text.current?.show(at);
  }, [at, text]);
  /** The focus has moved in the form. */
  const onFocus = useCallback(
    ({ target }: FocusEvent) => {
      const step = target.closest<HTMLElement>('[data-step]')?.dataset.step;
      if (step === undefined || step === last.current) return;
      last.current = step;
      text.current?.show(step);
    },
    [text],
  );
  /** The cursor has moved in the text. */
  const onPlace = useCallback(
    (pointer: string) => {
      const step = stepsAround(read(), pointer).at(-1);
      if (step === undefined || step === last.current) return;
      last.current = step;
      if (!drawn) return reveal(step);
      const key = [...places].find(([, each]) => each.what === 'step' && each.at === step)?.[0];
      if (key !== undefined) select(key);
    },
    [read, drawn, places, select, reveal],
  );
  return { onFocus, onPlace };
}

/** What a test is made with: that of a run, where one was loaded, else what is kept. What is changed of a run's is not kept. */
import { useCallback, useState } from 'react';
import type { JsonObject } from '@/features/flow-editor/model/json';
import type { NewEvent } from '@/lib/types';
import type { Answer, Pins, useKeptTest } from './kept-test';
import type { OfRun } from './use-of-run';

type Kept = ReturnType<typeof useKeptTest>;

export function useTestData(kept: Kept, told: OfRun | undefined): Kept {
  const [loaded, setLoaded] = useState(told);
  // Another run, or none any more.
  if (loaded?.id !== told?.id) setLoaded(told);
  const change = useCallback(
    (make: (old: OfRun) => Partial<OfRun>) => setLoaded((old) => old && { ...old, ...make(old) }),
    [],
  );
  const setEvent = useCallback(
    (event: JsonObject | undefined) => change((old) => (event ? { event: event as NewEvent } : old)),
    [change],
  );
  const pin = useCallback(
    (id: string, answer: Answer | undefined) =>
      change(({ pins }) => ({ pins: answer ? { ...pins, [id]: answer } : without(pins, id) })),
    [change],
  );
  const renamed = useCallback(
    (old: string, id: string) =>
      change(({ pins }) => {
        const answer = pins[old];
        return answer ? { pins: { ...without(pins, old), [id]: answer } } : {};
      }),
    [change],
  );
  if (!loaded) return kept;
  const { event, pins } = loaded;
  return { ...(event && { event: event as JsonObject }), pins, setEvent, pin, renamed };
}

const without = (pins: Pins, id: string): Pins =>
  Object.fromEntries(Object.entries(pins).filter(([each]) => each !== id));

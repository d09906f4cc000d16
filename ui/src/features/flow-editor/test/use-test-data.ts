/** What a test is made with: that of a run, where one was loaded, else what is kept. What is changed of a run's is not kept. */
import { useCallback, useState } from 'react';
import type { JsonObject } from '@/features/flow-editor/model/json';
import { type TestData, useChanges, type useKeptTest } from './kept-test';
import type { OfRun } from './use-of-run';

type Kept = ReturnType<typeof useKeptTest>;

export function useTestData(kept: Kept, told: OfRun | undefined): Kept {
  const run = told as (TestData & { id: string }) | undefined;
  const [loaded, setLoaded] = useState(run);
  // Another run, or none any more.
  if (loaded?.id !== run?.id) setLoaded(run);
  const change = useCallback(
    (make: (old: TestData) => TestData) => setLoaded((old) => old && { ...old, ...make(old) }),
    [],
  );
  const changes = useChanges(change);
  const { setEvent } = changes;
  // The event of the run is replaced, never taken away.
  const replace = useCallback((event: JsonObject | undefined) => event && setEvent(event), [setEvent]);
  if (!loaded) return kept;
  const { event, pins } = loaded;
  return { event, pins, ...changes, setEvent: replace };
}

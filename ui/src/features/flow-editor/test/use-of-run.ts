/** What a run saw and was answered, as the test of its flow takes it: nothing of it is kept. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { eventQuery, isMoment } from '@/lib/server/events';
import { runWithinQuery } from '@/lib/server/runs';
import type { Entry, NewEvent, Run } from '@/lib/types';
import type { Pins } from './kept-test';

/** Without an event the sample is taken: what tells of other runs cannot be sent. */
export type OfRun = { id: string; event?: NewEvent; pins: Pins };

/** Of each step what it was answered last, where all of that is known; and the steps where it is not. */
export function answersOf(entries: Entry[]): { pins: Pins; cut: string[] } {
  const pins: Record<string, Pins[string]> = {};
  const cut = new Set<string>();
  for (const { step, kind, exchange } of entries) {
    const { response } = exchange ?? {};
    if (kind !== 'do') continue;
    delete pins[step];
    cut.delete(step);
    if (response?.truncated) cut.add(step);
    else if (response && response.status > 0)
      pins[step] = { status: response.status, body: response.body ?? '' };
  }
  return { pins, cut: [...cut] };
}

export function useOfRun(id: string | undefined) {
  const run = useQuery({ ...runWithinQuery(id ?? ''), enabled: id !== undefined });
  const saw = useQuery({ ...eventQuery(run.data?.event.id ?? ''), enabled: run.data !== undefined });
  const [data, event] = [run.data, saw.data];
  const loaded = useMemo(() => (id && data && event ? load(data, event) : undefined), [id, data, event]);
  const hasFailed = run.errorUpdateCount + saw.errorUpdateCount > 0;
  // Once it has failed it is tried again beside the editor: what is edited there must not go.
  return { loaded, error: run.error ?? saw.error, isPending: id !== undefined && !loaded && !hasFailed };
}

const load = (run: Run, event: NewEvent) => {
  const { pins, cut } = answersOf(run.entries);
  const of: OfRun = { id: run.id, pins, ...(isMoment(run.event.kind) && { event }) };
  return { of, run, cut };
};

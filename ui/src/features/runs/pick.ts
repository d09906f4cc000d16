import type { Entry } from '@/lib/types';

/** The attempt that a reader came for: the last one that failed while the run is not well, else the last call to the world. */
export function pickEntry(entries: Entry[], status: string): number | undefined {
  const wentWrong = (entry: Entry) => entry.result === 'failed' || entry.result === 'unknown';
  const found =
    (status === 'succeeded'
      ? undefined
      : entries.findLast((entry) => wentWrong(entry) && entry.kind !== 'run')) ??
    entries.findLast((entry) => entry.exchange) ??
    entries.at(-1);
  return found?.number;
}

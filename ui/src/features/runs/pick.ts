import type { Entry } from '@/lib/types';

export const wentWrong = (entry: Pick<Entry, 'result'>) =>
  entry.result === 'failed' || entry.result === 'unknown';

/** The attempt that a reader came for: of a loop the first item that failed, else the last one that failed while the run is not
 * well, else the last call to the world. */
export function pickEntry(entries: Entry[], status: string): number | undefined {
  const found =
    firstItem(entries) ??
    (status === 'succeeded'
      ? undefined
      : entries.findLast((entry) => wentWrong(entry) && entry.kind !== 'run')) ??
    entries.findLast((entry) => entry.exchange) ??
    entries.at(-1);
  return found?.number;
}

/** The last attempt of the first item that no attempt got through. */
function firstItem(entries: Entry[]): Entry | undefined {
  const ends = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.rounds && entry.rounds.length > 0) ends.set(JSON.stringify([entry.step, entry.rounds]), entry);
  }
  for (const entry of ends.values()) if (wentWrong(entry)) return entry;
  return undefined;
}

import type { Reconcile } from '@/lib/types';

/** What a look has found, in words; what there is none of is not said. */
export function found(counts: Reconcile['found'], dry = false): string {
  const parts = [
    [counts.backfilled, dry ? 'missing' : 'back-filled'],
    [counts.known, 'known'],
    [counts.live, 'still live'],
    [counts.waiting, 'just ended'],
    [counts.refused, 'refused'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  if (counts.listed === 0) return 'no calls';
  return `${counts.listed} ${counts.listed === 1 ? 'call' : 'calls'}${said.length ? `: ${said.join(', ')}` : ''}`;
}

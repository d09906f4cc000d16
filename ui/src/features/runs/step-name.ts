import type { Entry } from '@/lib/types';

/** A step as people call it, with the item of each loop around it: `tell · item 3`. */
export function stepName(entry: Entry): string {
  const rounds = (entry.rounds ?? []) as [string, number][];
  const items = rounds.map(([, round]) => `item ${round + 1}`);
  return [entry.step || entry.kind, ...items].join(' · ');
}

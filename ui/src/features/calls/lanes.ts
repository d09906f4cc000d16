import type { RunRow } from '@/lib/types';
import type { Item } from './axis';

/** A run beside the items during which it went on. */
export type Bar = { run: RunRow; first: number; last: number; lane: number };

/** So many runs stand side by side; more are told at their moments alone. */
const LANES = 4;

/** Places the runs of a call beside its items: from the moment that started them to the last item before their end. */
export function toLanes(items: Item[], runs: RunRow[], startedAt: string | null | undefined): Bar[] {
  const start = Date.parse(startedAt ?? '');
  const moments = new Map(
    items.flatMap((item, i) => (item.type === 'moment' ? [[item.moment.id, i] as const] : [])),
  );
  const spans = runs.flatMap((run) => {
    const first = moments.get(run.event.id);
    if (first === undefined) return [];
    const end = run.ended_at ? (Date.parse(run.ended_at) - start) / 1000 : Number.POSITIVE_INFINITY;
    const before = Number.isNaN(end) ? first : items.findLastIndex(({ at }) => at !== undefined && at <= end);
    return [{ run, first, last: Math.max(first, before) }];
  });
  const free: number[] = [];
  return spans
    .sort((a, b) => a.first - b.first || a.last - b.last)
    .flatMap((span) => {
      const found = free.findIndex((last) => last < span.first);
      const lane = found < 0 ? free.length : found;
      if (lane >= LANES) return [];
      free[lane] = span.last;
      return [{ ...span, lane }];
    });
}

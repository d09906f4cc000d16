import { queryOptions } from '@tanstack/react-query';
import { toMillis } from '@/lib/time';
import type { Run } from '@/lib/types';
import { page, type RunQuery } from './runs';

/** The runs beside one in a list of newest first. */
export const besideQuery = ({ id, started_at }: Run, query: RunQuery) =>
  queryOptions({
    queryKey: ['runs', 'beside', id, query],
    queryFn: async () => {
      const [head, older] = await Promise.all([page(query, 1), page(query, 1, id)]);
      const isNewest = head.data[0]?.id === id;
      return {
        older: older.data[0]?.id,
        newer: isNewest ? undefined : await newerThan(id, started_at, query),
      };
    },
  });

/** Lists go from new to old: the next newer run is the last of those that began soon after, within ever longer times. */
async function newerThan(id: string, since: string, query: RunQuery): Promise<string | undefined> {
  const end = Math.min(query.to ? toMillis(query.to) : Number.POSITIVE_INFINITY, Date.now());
  for (let span = 10_000; ; span *= 8) {
    const until = Math.min(toMillis(since) + span, end);
    const within = { ...query, from: since, to: new Date(until + 1).toISOString() };
    let [newest, cursor]: [string | undefined, string | undefined] = [undefined, undefined];
    do {
      const { data, next } = await page(within, 200, cursor);
      newest = data.filter((run) => run.id > id).at(-1)?.id ?? newest;
      cursor = next ?? undefined;
    } while (cursor && cursor > id);
    if (newest || until >= end) return newest;
  }
}

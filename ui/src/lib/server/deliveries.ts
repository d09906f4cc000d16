import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { Delivery } from '@/lib/types';

export type DeliveryQuery = {
  destination?: string;
  result?: Delivery['result'];
  /** A status, a class of them (`4xx`), or the code of an error. */
  answer?: string;
  flow?: string;
  from?: string;
  to?: string;
};

/** Its id is ordered as the list is: by run, then by its place in the journal. */
export type DeliveryRow = Delivery & { id: string };

export const deliveryId = (run: string, entry: number): string => `${run}/${String(entry).padStart(6, '0')}`;

/** A page of the list, the newest without a cursor. */
export async function deliveriesPage(query: DeliveryQuery, cursor?: string) {
  const page = await take(
    api.GET('/v1/deliveries', {
      params: { query: { ...query, limit: 50, ...(cursor && { cursor }) } },
    }),
  );
  const named = (row: Delivery): DeliveryRow => ({ ...row, id: deliveryId(row.run_id, row.entry) });
  return { ...page, data: page.data.map(named) };
}

/** What went out, newest run first; a page may be empty and not the last. */
export const deliveriesQuery = (query: DeliveryQuery) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', query],
    queryFn: ({ pageParam }) => deliveriesPage(query, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    select: ({ pages }) => ({
      rows: pages.flatMap((page) => page.data),
      runs: pages.reduce((sum, page) => sum + page.runs, 0),
      /** How many runs the server looks at for the head of the list. */
      head: pages[0]?.runs ?? 0,
      /** Whether the last page brought anything: else the next one may not either. */
      found: (pages.at(-1)?.data.length ?? 0) > 0,
    }),
  });

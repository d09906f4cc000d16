import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { Delivery } from '@/lib/types';

export type DeliveryQuery = {
  destination?: string;
  result?: Delivery['result'];
  flow?: string;
  from?: string;
  to?: string;
};

/** What went out, newest run first; a page may be empty and not the last. */
export const deliveriesQuery = (query: DeliveryQuery) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', query],
    queryFn: ({ pageParam }) =>
      take(
        api.GET('/v1/deliveries', {
          params: { query: { ...query, limit: 50, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    select: (all) => ({
      rows: all.pages.flatMap((page) => page.data),
      runs: all.pages.reduce((sum, page) => sum + page.runs, 0),
    }),
  });

/** Does the failed runs of a filter again, page after page. */
export function useReplayDeliveries() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (filter: DeliveryQuery) => {
      let cursor: string | undefined;
      let [replayed, skipped] = [0, 0];
      // Bounded here too: whoever has more asks again.
      for (let page = 0; page < 20; page += 1) {
        const answer = await take(
          api.POST('/v1/deliveries/replay', { body: { filter, ...(cursor && { cursor }) } }),
        );
        replayed += answer.replayed;
        skipped += answer.skipped;
        if (!answer.next) return { replayed, skipped, more: false };
        cursor = answer.next;
      }
      return { replayed, skipped, more: true };
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  });
}

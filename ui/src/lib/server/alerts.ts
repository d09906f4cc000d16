import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import { pages } from './pages';

const COUNTED = 100;

export const alertsQuery = (open?: boolean) =>
  pages(['alerts', { open }], (cursor) =>
    take(
      api.GET('/v1/alerts', {
        params: { query: { limit: 50, ...(open !== undefined && { open }), ...(cursor && { cursor }) } },
      }),
    ),
  );

/** How many are open; counted up to a hundred. */
export const openAlertsQuery = () =>
  queryOptions({
    queryKey: ['alerts', 'count'],
    queryFn: async () => {
      const page = await take(api.GET('/v1/alerts', { params: { query: { open: true, limit: COUNTED } } }));
      return page.data.length;
    },
  });

export function useAcknowledge(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.POST('/v1/alerts/{id}/acknowledge', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { RunRow } from '@/lib/types';
import { pages } from './pages';

export type RunQuery = {
  status?: RunRow['status'];
  flow?: string;
  call?: string;
  from?: string;
  to?: string;
};
export type ReplayChoice = { from: 'start' | 'failed_step'; version: 'same' | 'latest' };

export const runsQuery = ({ status, ...query }: RunQuery, limit = 50) =>
  pages(['runs', { status, ...query }, limit], (cursor) =>
    take(
      api.GET('/v1/runs', {
        params: {
          query: { ...query, ...(status && { status: [status] }), limit, ...(cursor && { cursor }) },
        },
      }),
    ),
  );

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: () => take(api.GET('/v1/runs/{id}', { params: { path: { id } } })),
  });

export function useReplay(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: ReplayChoice) =>
      take(api.POST('/v1/runs/{id}/replay', { params: { path: { id } }, body: choice })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

export function useCancel(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.POST('/v1/runs/{id}/cancel', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['run', id] }),
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import { pages } from './pages';

export type NewConnection = components['schemas']['NewConnection'];

export const connectionsQuery = (search = '') =>
  pages(['connections', search], (cursor) =>
    take(
      api.GET('/v1/connections', {
        params: { query: { limit: 100, ...(search && { search }), ...(cursor && { cursor }) } },
      }),
    ),
  );

export const connectionKindsQuery = () =>
  queryOptions({
    queryKey: ['connection-kinds'],
    queryFn: () => take(api.GET('/v1/connections/kinds')),
    staleTime: Number.POSITIVE_INFINITY,
  });

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['connections'] });
}

/** Makes a connection, or replaces the one with this id. */
export function useSaveConnection(id: string | undefined) {
  return useMutation({
    mutationFn: (connection: NewConnection) =>
      id
        ? take(api.PUT('/v1/connections/{id}', { params: { path: { id } }, body: connection }))
        : take(api.POST('/v1/connections', { body: connection })),
    onSuccess: useRefresh(),
  });
}

export function useTestConnection() {
  return useMutation({
    mutationFn: (id: string) => take(api.POST('/v1/connections/{id}/test', { params: { path: { id } } })),
    onSettled: useRefresh(),
  });
}

export function useDeleteConnection() {
  return useMutation({
    mutationFn: ({ id, force }: { id: string; force: boolean }) =>
      take(api.DELETE('/v1/connections/{id}', { params: { path: { id }, query: force ? { force } : {} } })),
    onSuccess: useRefresh(),
  });
}

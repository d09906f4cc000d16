import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';

const key = ['destinations'];

/** Breakers open and close by the clock, which no event tells: the one list that is asked for again and again. */
export const destinationsQuery = () =>
  queryOptions({
    queryKey: key,
    queryFn: async () => (await take(api.GET('/v1/destinations'))).data,
    refetchInterval: 3000,
  });

export const destinationQuery = (name: string) =>
  queryOptions({
    queryKey: [...key, name],
    queryFn: () => take(api.GET('/v1/destinations/{name}', { params: { path: { name } } })),
    refetchInterval: 3000,
  });

export type Limits = components['schemas']['DestinationIn'];

export function useSaveDestination() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, limits }: { name: string; limits: Limits }) =>
      take(api.PUT('/v1/destinations/{name}', { params: { path: { name } }, body: limits })),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function usePauseDestination() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, pause }: { name: string; pause: boolean }) => {
      const params = { path: { name } };
      return pause
        ? take(api.POST('/v1/destinations/{name}/pause', { params }))
        : take(api.POST('/v1/destinations/{name}/resume', { params }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import type { Stretch } from '@/lib/server/stats';
import type { TimelineStep } from '@/lib/types';

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

export const attemptsKey = ['destination-attempts'];

/** While the next stretch loads the one before stays, so that nothing jumps. */
export const attemptsQuery = (name: string, stretch: Stretch, step: TimelineStep) =>
  queryOptions({
    queryKey: [...attemptsKey, name, stretch, step],
    queryFn: () => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const params = { path: { name }, query: { ...stretch, step, zone } };
      return take(api.GET('/v1/destinations/{name}/timeline', { params }));
    },
    placeholderData: keepPreviousData,
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

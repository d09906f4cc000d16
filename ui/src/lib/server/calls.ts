import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import { pages } from './pages';

export type Played = components['schemas']['Played'];

export type CallQuery = { status?: string; number?: string; agent?: string; from?: string; to?: string };

export const callsQuery = (query: CallQuery, limit = 50) =>
  pages(['calls', query, limit], (cursor) =>
    take(api.GET('/v1/calls', { params: { query: { ...query, limit, ...(cursor && { cursor }) } } })),
  );

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['call', id],
    queryFn: () => take(api.GET('/v1/calls/{id}', { params: { path: { id } } })),
  });

/** Analyses a call again as its agent says now. */
export function useAnalyze(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.POST('/v1/calls/{id}/analyze', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['call', id] }),
  });
}

/** Plays a made-up call through the whole pipeline; the live stream tells what comes of it. */
export function useRehearse() {
  return useMutation({
    mutationFn: (scenario: string) =>
      take(api.POST('/v1/calls/simulate', { body: { provider: 'vapi', scenario } })),
  });
}

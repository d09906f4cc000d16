import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/lib/api';
import type { AnalyzedAll } from '@/lib/types';
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

type Past = { agent: string; from: string; dry: boolean };
type Found = { calls: number; skipped: number; tokens: number; cost: number | null };

/** Analyses an agent's calls of a time again, page after page; a dry run only finds out what that takes. */
export function useAnalyzePast() {
  const client = useQueryClient();
  const [found, setFound] = useState<Found>();
  const [done, setDone] = useState<number>();
  const mutation = useMutation({
    mutationFn: async ({ agent, from, dry }: Past) => {
      const sum: Found = { calls: 0, skipped: 0, tokens: 0, cost: null };
      for (let cursor: string | null = null, first = true; first || cursor; first = false) {
        const page: AnalyzedAll = await take(
          api.POST('/v1/calls/analyze', {
            body: { filter: { agent, from }, dry_run: dry, limit: 200, cursor: cursor ?? undefined },
          }),
        );
        cursor = page.next;
        sum.calls += page.calls;
        sum.skipped += page.skipped;
        sum.tokens += page.estimate.input_tokens;
        if (page.estimate.cost !== null) sum.cost = (sum.cost ?? 0) + page.estimate.cost;
        if (!dry) setDone(sum.calls);
      }
      if (dry) setFound(sum);
    },
    onSuccess: (_, { dry }) => (dry ? undefined : client.invalidateQueries({ queryKey: ['calls'] })),
  });
  return {
    found,
    done,
    isPending: mutation.isPending,
    error: mutation.error,
    run: mutation.mutate,
    reset: () => {
      setFound(undefined);
      setDone(undefined);
      mutation.reset();
    },
  };
}

/** Plays a made-up call through the whole pipeline; the live stream tells what comes of it. */
export function useRehearse() {
  return useMutation({
    mutationFn: (scenario: string) =>
      take(api.POST('/v1/calls/simulate', { body: { provider: 'vapi', scenario } })),
  });
}

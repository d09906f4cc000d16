import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/lib/api';
import type { components, paths } from '@/lib/schema';
import type { AnalyzedAll } from '@/lib/types';
import { pages } from './pages';

export type CallQuery = Omit<
  NonNullable<paths['/v1/calls']['get']['parameters']['query']>,
  'cursor' | 'limit'
>;
export type CallMessage = components['schemas']['CallMessage'];

const PAGE = 50;

const page = (query: CallQuery, limit: number, cursor?: string) =>
  take(api.GET('/v1/calls', { params: { query: { ...query, limit, ...(cursor && { cursor }) } } }));

export const callsQuery = (query: CallQuery, limit = PAGE) =>
  pages(['calls', query, limit], (cursor) => page(query, limit, cursor));

/** One page of `callsQuery`, the newest of them without a cursor. */
export const callsPage = (query: CallQuery, cursor?: string) => page(query, PAGE, cursor);

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['call', id],
    queryFn: () => take(api.GET('/v1/calls/{id}', { params: { path: { id } } })),
  });

/** What calls are filtered by, as agents and campaigns name it. */
export const callChoicesQuery = () =>
  queryOptions({
    queryKey: ['call-choices'],
    queryFn: () => take(api.GET('/v1/calls/choices')),
    staleTime: 60_000,
  });

/** The next older call. */
export const callsAfterQuery = (id: string) =>
  queryOptions({ queryKey: ['calls-after', id], queryFn: () => page({}, 1, id) });

/** What the platform sent about a call, newest first. */
export const callMessagesQuery = (id: string) =>
  pages(['call', id, 'messages'], (cursor) =>
    take(
      api.GET('/v1/calls/{id}/messages', { params: { path: { id }, query: { ...(cursor && { cursor }) } } }),
    ),
  );

/** One event of a call: the message it came of and its runs. */
export const eventQuery = (call: string, id: string) =>
  queryOptions({
    queryKey: ['call', call, 'event', id],
    queryFn: () => take(api.GET('/v1/events/{id}', { params: { path: { id } } })),
    retry: false,
  });

/** What flows saw of an event, as a webhook of theirs sends it. */
export const eventPayloadQuery = (call: string, id: string) =>
  queryOptions({
    queryKey: ['call', call, 'event', id, 'payload'],
    queryFn: () => take(api.GET('/v1/events/{id}/payload', { params: { path: { id } } })),
    retry: false,
  });

/** Analyses a call again as its agent says now. */
export function useAnalyze(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.POST('/v1/calls/{id}/analyze', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['call', id] }),
  });
}

/** Removes a call with its messages, events and finished runs. */
export function useDeleteCall(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/calls/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['calls'] });
      client.removeQueries({ queryKey: ['runs'] });
    },
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

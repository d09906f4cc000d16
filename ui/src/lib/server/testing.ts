import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { FlowDocument, FlowTest, NewEvent } from '@/lib/types';

export type Place = 'template' | 'condition' | 'json' | 'url';
/** An event of one's own goes before a call, and a call before the sample of a kind. */
export type Source = { kind: string; call?: string | undefined; event?: NewEvent | undefined };

const query = ({ kind, call, event }: Source) => (event ? { event } : call ? { call_id: call } : { kind });

/** An event to fill values in from: one's own, what a call that was would have given, or a sample of a kind. */
export const sampleQuery = (source: Source) =>
  queryOptions({
    queryKey: ['sample', source.kind, source.call, source.event],
    queryFn: () =>
      source.event
        ? take(api.POST('/v1/samples', { body: source.event }))
        : source.call
          ? take(
              api.GET('/v1/calls/{id}/payload', {
                params: { path: { id: source.call }, query: { kind: source.kind } },
              }),
            )
          : take(api.GET('/v1/samples/{kind}', { params: { path: { kind: source.kind } } })),
    enabled: source.kind !== '',
    staleTime: 60_000,
  });

export const expressionQuery = (text: string, as: Place, source: Source, saved: Record<string, unknown>) =>
  queryOptions({
    queryKey: ['expression', text, as, source.kind, source.call, source.event, saved],
    queryFn: () => take(api.POST('/v1/expressions', { body: { text, as, saved, ...query(source) } })),
    staleTime: 60_000,
    gcTime: 60_000,
  });

export const conditionQuery = (text: string) =>
  queryOptions({
    queryKey: ['condition', text],
    queryFn: () => take(api.POST('/v1/conditions', { body: { text } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });

/** What a document would do, told again when it changes; `body` must send nothing. */
export const dryRunQuery = (body: FlowTest) =>
  queryOptions({
    queryKey: ['dry-run', body],
    queryFn: () => take(api.POST('/v1/flows/test', { body })),
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });

/** The filters that expressions may name. */
export const filtersQuery = () =>
  queryOptions({
    queryKey: ['filters'],
    queryFn: () => take(api.GET('/v1/filters')),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Runs the cases of a document, dry. */
export function useRunCases() {
  return useMutation({
    mutationFn: (flow: FlowDocument) => take(api.POST('/v1/flows/cases', { body: { flow } })),
  });
}

/** Tries a document that need not be saved: in memory with answers of one's own, or for real. */
export function useTestFlow() {
  return useMutation({
    mutationFn: (body: FlowTest) => take(api.POST('/v1/flows/test', { body })),
  });
}

type OnCall = { call: string; flow: string; mode: 'dry' | 'live'; anyway: boolean };

/** A saved flow on a past call; `anyway` without its filters. */
async function testOnCall({ call, flow, mode, anyway }: OnCall) {
  const params = { path: { id: flow } };
  const body = { call_id: call, mode };
  if (!anyway) return take(api.POST('/v1/flows/{id}/test', { params, body }));
  const { document } = await take(api.GET('/v1/flows/{id}', { params }));
  const { where: _, ...unfiltered } = document as Record<string, unknown>;
  return take(api.POST('/v1/flows/test', { body: { ...body, flow: unfiltered } }));
}

/** Tries a saved flow on a past call. */
export function useTestOnCall(call: string) {
  return useMutation({ mutationFn: (asked: Omit<OnCall, 'call'>) => testOnCall({ call, ...asked }) });
}

/** What a run of a flow on a call would do, and why the call would not start it. */
export const runOnCallQuery = (call: string, flow: string) =>
  queryOptions({
    queryKey: ['run-on-call', call, flow],
    queryFn: async () => {
      const asked = { call, flow, mode: 'dry' } as const;
      const report = await testOnCall({ ...asked, anyway: false });
      if (report.matched) return { report, whyNot: [] };
      return { report: await testOnCall({ ...asked, anyway: true }), whyNot: report.why_not ?? [] };
    },
    gcTime: 10_000,
  });

/** Runs a flow on a past call, with a journal and retries. */
export function useRunOnCall(call: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ flow, anyway }: { flow: string; anyway: boolean }) =>
      take(
        api.POST('/v1/flows/{id}/run', { params: { path: { id: flow } }, body: { call_id: call, anyway } }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['runs'] });
      return client.invalidateQueries({ queryKey: ['call', call] });
    },
  });
}

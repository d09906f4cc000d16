import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import { ApiProblem, type FieldProblem } from '@/lib/problem';
import type { FlowDocument } from '@/lib/types';

export type Variable = {
  path: string;
  group: string;
  type: string;
  value?: unknown;
  description?: string | null;
};
export type SampleDetail = { event: unknown; payload: unknown; variables: Variable[] };
export type Place = 'template' | 'condition' | 'json' | 'url';
export type Rendered = {
  value?: unknown;
  text?: string | null;
  warnings: { message: string }[];
  problems: { message: string }[];
};
export type TestBody = {
  flow: FlowDocument;
  event?: unknown;
  call_id?: string;
  mode: 'dry' | 'live';
  step?: string;
  saved?: Record<string, unknown>;
  answers?: Record<string, { status: number; headers?: Record<string, string>; body?: unknown }>;
};
export type StepResult = {
  step: string;
  path?: string;
  kind: string;
  action?: string | null;
  result: string;
  request?: { method: string; url: string; headers: string[][]; body?: string | null } | null;
  response?: { status: number; headers: string[][]; body?: string | null } | null;
  saved?: Record<string, unknown> | null;
  error?: { code?: string; message: string } | null;
  warnings?: string[];
  duration_ms?: number | null;
};
export type TestResult = {
  matched: boolean;
  why_not?: FieldProblem[];
  status: string;
  reason?: string | null;
  steps: StepResult[];
  reply?: unknown;
};

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const data: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw ApiProblem.of(answer.status, data);
  return data as T;
}

export type Source = { kind: string; call?: string | undefined };

const query = (source: Source) => (source.call ? { call_id: source.call } : { kind: source.kind });

/** An event to fill values in from: a sample of a kind, or what a call that was would have given. */
export const sampleQuery = (source: Source) =>
  queryOptions({
    queryKey: ['sample', source.kind, source.call],
    queryFn: () =>
      source.call
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
    queryKey: ['expression', text, as, source.kind, source.call, saved],
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

export function useTestFlow() {
  return useMutation({ mutationFn: (body: TestBody) => ask<TestResult>('/v1/flows/test', body) });
}

import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { AgentSettings } from '@/lib/types';
import { pages } from './pages';
import { useStale } from './stale';

export const agentsQuery = (search = '') =>
  pages(['agents', 'found', search], (cursor) =>
    take(
      api.GET('/v1/agents', { params: { query: { ...(search && { search }), ...(cursor && { cursor }) } } }),
    ),
  );

export const agentQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id],
    queryFn: () => take(api.GET('/v1/agents/{id}', { params: { path: { id } } })),
  });

const useRefresh = () => useStale('agents', 'flows');

export function useCreateAgent() {
  return useMutation({
    mutationFn: (body: AgentSettings) => take(api.POST('/v1/agents', { body })),
    onSuccess: useRefresh(),
  });
}

/** Replaces an agent, over the version that was edited. */
export function useSaveAgent(id: string) {
  return useMutation({
    mutationFn: ({ settings, version }: { settings: AgentSettings; version: number }) =>
      take(
        api.PUT('/v1/agents/{id}', {
          params: { path: { id }, header: { 'if-match': `"${version}"` } },
          body: settings,
        }),
      ),
    onSuccess: useRefresh(),
  });
}

export function useDeleteAgent() {
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/v1/agents/{id}', { params: { path: { id } } })),
    onSuccess: useRefresh(),
  });
}

export type Part = 'actions' | 'call-actions';

/** Does one of an agent's actions now, with sample data. */
export function useTestAgent(id: string, part: Part) {
  return useMutation({
    mutationFn: (n: string) => {
      const params = { params: { path: { id, n } } };
      return take(
        part === 'actions'
          ? api.POST('/v1/agents/{id}/actions/{n}/test', params)
          : api.POST('/v1/agents/{id}/call-actions/{n}/test', params),
      );
    },
  });
}

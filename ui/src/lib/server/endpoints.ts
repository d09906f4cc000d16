import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import type { Endpoint } from '@/lib/types';
import { pages } from './pages';

const soon = 5_000;
/** A line to a switch comes and goes by itself, which no event tells. */
const settles = ({ link }: Endpoint) => link?.state === 'connecting' || link?.state === 'failing';

/** Lines to switches come and go: those that are not up are looked at again, and so is who has not looked for calls yet. */
export const endpointsQuery = () => ({
  ...pages(['endpoints'], () => take(api.GET('/v1/endpoints'))),
  refetchInterval: (query: { state: { data?: { pages: { data: Endpoint[] }[] } } }) => {
    const all = query.state.data?.pages.flatMap((page) => page.data) ?? [];
    const looks = ({ reconcile, enabled }: Endpoint) => enabled && reconcile?.last_at === null;
    if (all.some((each) => settles(each) || looks(each))) return soon;
    return all.some(({ reconcile }) => reconcile) && 60_000;
  },
});

export type NewEndpoint = components['schemas']['NewEndpoint'];

export function useCreateEndpoint() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (endpoint: NewEndpoint) => take(api.POST('/v1/endpoints', { body: endpoint })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['endpoints'] }),
  });
}

export function useDeleteEndpoint() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/v1/endpoints/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['endpoints'] }),
  });
}

export const endpointQuery = (id: string) =>
  queryOptions({
    queryKey: ['endpoints', id],
    queryFn: () => take(api.GET('/v1/endpoints/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => state.data && settles(state.data) && soon,
  });

/** What came in lately, newest first. */
export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['endpoints', id, 'messages'],
    queryFn: async () =>
      (await take(api.GET('/v1/endpoints/{id}/messages', { params: { path: { id } } }))).data,
  });

/** A message as it came; nothing of it changes. */
export const endpointMessageQuery = (id: string, message: string) =>
  queryOptions({
    queryKey: ['endpoint-message', id, message],
    queryFn: () =>
      take(api.GET('/v1/endpoints/{id}/messages/{message}', { params: { path: { id, message } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A new address or secret, or other settings; lists and the page show it at once. */
export function useChangeEndpoint(id: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ['endpoints'] });
  const params = { path: { id } };
  return {
    rotate: useMutation({
      mutationFn: (body: components['schemas']['RotateEndpoint']) =>
        take(api.POST('/v1/endpoints/{id}/rotate', { params, body })),
      onSuccess,
    }),
    patch: useMutation({
      mutationFn: (body: components['schemas']['EndpointPatch']) =>
        take(api.PATCH('/v1/endpoints/{id}', { params, body })),
      onSuccess,
    }),
  };
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import { pages } from './pages';

export const endpointsQuery = () => pages(['endpoints'], () => take(api.GET('/v1/endpoints')));

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

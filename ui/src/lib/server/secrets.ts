import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import { pages } from './pages';

export const secretsQuery = () => pages(['secrets'], () => take(api.GET('/v1/secrets')));

export function useCreateSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (secret: { name: string; value: string }) => take(api.POST('/v1/secrets', { body: secret })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['secrets'] }),
  });
}

export function useDeleteSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => take(api.DELETE('/v1/secrets/{name}', { params: { path: { name } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['secrets'] }),
  });
}

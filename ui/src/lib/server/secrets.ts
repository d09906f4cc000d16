import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, take } from '@/lib/api';
import { pages } from './pages';

export const secretsQuery = () => pages(['secrets'], () => take(api.GET('/v1/secrets')));

/** Makes one, or gives the one with this name another value. */
export function useSaveSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (
      secret: { name: string; overlap_s?: number } & ({ value: string } | { generate: 'ed25519' }),
    ) => take(api.POST('/v1/secrets', { body: secret })),
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

/** The names of all secrets, for fields in which they may stand. */
export function useSecretNames(active: boolean): string[] {
  const { data } = useInfiniteQuery({ ...secretsQuery(), enabled: active, staleTime: 30_000 });
  return useMemo(() => (data ?? []).map((secret) => secret.name), [data]);
}

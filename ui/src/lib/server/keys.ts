import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { Scope } from '@/lib/types';
import { pages } from './pages';

export const keysQuery = () => pages(['keys'], () => take(api.GET('/v1/keys')));

export type NewKey = { name: string; scopes: Scope[]; expires_at?: string };

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: NewKey) => take(api.POST('/v1/keys', { body: key })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}

export function useDeleteKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/v1/keys/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}

/** A new token under the same name; the old one goes on for a while. */
export function useRotateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, overlap_s }: { id: string; overlap_s: number }) =>
      take(api.POST('/v1/keys/{id}/rotate', { params: { path: { id } }, body: { overlap_s } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}

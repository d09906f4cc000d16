import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { Role } from '@/lib/types';
import { useStale } from './stale';

export const membersQuery = () =>
  queryOptions({
    queryKey: ['members'],
    queryFn: async () => (await take(api.GET('/v1/members'))).data,
  });

export type NewMember = { name: string; role: Role; email?: string };

/** Members, and what this session may do: a member may have changed their own role. */
const useChanged = () => useStale('members', 'session');

export function useInvite() {
  return useMutation({
    mutationFn: (body: NewMember) => take(api.POST('/v1/members', { body })),
    onSuccess: useChanged(),
  });
}

export type MemberChange = { name?: string; email?: string | null; role?: Role };

export function useChangeMember(id: string) {
  return useMutation({
    mutationFn: (body: MemberChange) =>
      take(api.PATCH('/v1/members/{id}', { params: { path: { id } }, body })),
    onSuccess: useChanged(),
  });
}

export function useRemoveMember(id: string) {
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/members/{id}', { params: { path: { id } } })),
    onSuccess: useChanged(),
  });
}

export function useNewLink(id: string) {
  return useMutation({
    mutationFn: () => take(api.POST('/v1/members/{id}/link', { params: { path: { id } } })),
    onSuccess: useChanged(),
  });
}

export function useRevokeLink(id: string) {
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/members/{id}/link', { params: { path: { id } } })),
    onSuccess: useChanged(),
  });
}

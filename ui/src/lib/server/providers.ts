import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { ProviderMessage } from '@/lib/types';

/** The voice platforms that the server knows; they change only with its version. */
export const providersQuery = () =>
  queryOptions({
    queryKey: ['providers'],
    queryFn: () => take(api.GET('/v1/providers')),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A platform with its set-up steps and samples of its messages. */
export const providerQuery = (name: string) =>
  queryOptions({
    queryKey: ['provider', name],
    queryFn: () => take(api.GET('/v1/providers/{name}', { params: { path: { name } } })),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: name !== '',
  });

type Told = { name: string; message: ProviderMessage };

/** What would be made of a message; nothing is stored or sent. */
export function useCheckMessage() {
  return useMutation({
    mutationFn: ({ name, message }: Told) =>
      take(api.POST('/v1/providers/{name}/check', { params: { path: { name } }, body: message })),
  });
}

/** Takes a message in as if the platform had sent it. */
export function useSendMessage() {
  return useMutation({
    mutationFn: ({ name, message }: Told) =>
      take(api.POST('/v1/providers/{name}/send', { params: { path: { name } }, body: message })),
  });
}

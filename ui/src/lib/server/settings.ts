import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

export const notifyQuery = () =>
  queryOptions({
    queryKey: ['settings', 'notify'],
    queryFn: () => take(api.GET('/v1/settings/notify')),
  });

export type NewNotify = { webhook_url: string; min_interval_s: number; secret?: string };

function useChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['settings'] }),
      client.invalidateQueries({ queryKey: ['flows'] }),
      client.invalidateQueries({ queryKey: ['flow'] }),
    ]);
}

export function useSaveNotify() {
  return useMutation({
    mutationFn: (body: NewNotify) => take(api.PUT('/v1/settings/notify', { body })),
    onSuccess: useChanged(),
  });
}

export function useStopNotify() {
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/settings/notify')),
    onSuccess: useChanged(),
  });
}

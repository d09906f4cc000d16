import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { Quiet } from '@/lib/types';
import { useStale } from './stale';

export const notifyQuery = () =>
  queryOptions({
    queryKey: ['settings', 'notify'],
    queryFn: () => take(api.GET('/v1/settings/notify')),
  });

export type NewNotify = { webhook_url: string; min_interval_s: number; secret?: string };

const useChanged = () => useStale('settings', 'flows', 'flow');

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

export const quietQuery = () =>
  queryOptions({
    queryKey: ['settings', 'quiet'],
    queryFn: () => take(api.GET('/v1/settings/quiet')),
  });

export function useSaveQuiet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Quiet) => take(api.PUT('/v1/settings/quiet', { body })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['settings', 'quiet'] }),
        client.invalidateQueries({ queryKey: ['agent-figures'] }),
      ]),
  });
}

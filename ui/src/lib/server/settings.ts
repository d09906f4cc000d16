import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { NetworkSettings, Quiet, WorkspaceSettings } from '@/lib/types';
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

export const workspaceQuery = () =>
  queryOptions({
    queryKey: ['settings', 'workspace'],
    queryFn: () => take(api.GET('/v1/settings/workspace')),
  });

export function useSaveWorkspace() {
  return useMutation({
    mutationFn: (body: WorkspaceSettings) => take(api.PUT('/v1/settings/workspace', { body })),
    onSuccess: useStale('settings', 'session'),
  });
}

export const pausingQuery = () =>
  queryOptions({
    queryKey: ['settings', 'pausing'],
    queryFn: () => take(api.GET('/v1/settings/pausing')),
  });

export function useSavePausing() {
  return useMutation({
    mutationFn: (pause_after: unknown) => take(api.PUT('/v1/settings/pausing', { body: { pause_after } })),
    onSuccess: useStale('settings'),
  });
}

export const networkQuery = () =>
  queryOptions({
    queryKey: ['settings', 'network'],
    queryFn: () => take(api.GET('/v1/settings/network')),
  });

export function useSaveNetwork() {
  return useMutation({
    mutationFn: (body: NetworkSettings) => take(api.PUT('/v1/settings/network', { body })),
    onSuccess: useStale('settings'),
  });
}

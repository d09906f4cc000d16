import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import type { NetworkSettings, Notify, Quiet, WorkspaceSettings } from '@/lib/types';
import { type Known, saveOver, takeKnown } from './known';
import { useStale } from './stale';

const readNotify = () => takeKnown(api.GET('/v1/settings/notify'));

export const notifyQuery = () =>
  queryOptions({
    queryKey: ['settings', 'notify'],
    queryFn: readNotify,
  });

export type NewNotify = { webhook_url: string; min_interval_s: number; secret?: string };

const useChanged = () => useStale('settings', 'flows', 'flow');

export function useSaveNotify(known: Known<Notify>) {
  return useMutation({
    mutationFn: (body: NewNotify) =>
      saveOver({
        known,
        read: readNotify,
        put: (etag) =>
          take(api.PUT('/v1/settings/notify', { params: { header: { 'if-match': etag } }, body })),
      }),
    onSuccess: useChanged(),
  });
}

export function useStopNotify() {
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/settings/notify')),
    onSuccess: useChanged(),
  });
}

const readQuiet = () => takeKnown(api.GET('/v1/settings/quiet'));

export const quietQuery = () =>
  queryOptions({
    queryKey: ['settings', 'quiet'],
    queryFn: readQuiet,
  });

export function useSaveQuiet(known: Known<Quiet>) {
  return useMutation({
    mutationFn: (body: Quiet) =>
      saveOver({
        known,
        read: readQuiet,
        put: (etag) =>
          take(api.PUT('/v1/settings/quiet', { params: { header: { 'if-match': etag } }, body })),
      }),
    onSuccess: useStale('settings', 'agent-figures'),
  });
}

const readWorkspace = () => takeKnown(api.GET('/v1/settings/workspace'));

export const workspaceQuery = () =>
  queryOptions({
    queryKey: ['settings', 'workspace'],
    queryFn: readWorkspace,
  });

export function useSaveWorkspace(known: Known<WorkspaceSettings>) {
  return useMutation({
    mutationFn: (body: WorkspaceSettings) =>
      saveOver({
        known,
        read: readWorkspace,
        put: (etag) =>
          take(api.PUT('/v1/settings/workspace', { params: { header: { 'if-match': etag } }, body })),
      }),
    onSuccess: useStale('settings', 'session'),
  });
}

type Pausing = components['schemas']['Pausing'];

const readPausing = () => takeKnown(api.GET('/v1/settings/pausing'));

export const pausingQuery = () =>
  queryOptions({
    queryKey: ['settings', 'pausing'],
    queryFn: readPausing,
  });

export function useSavePausing(known: Known<Pausing>) {
  return useMutation({
    mutationFn: (pause_after: unknown) =>
      saveOver({
        known,
        read: readPausing,
        put: (etag) =>
          take(
            api.PUT('/v1/settings/pausing', {
              params: { header: { 'if-match': etag } },
              body: { pause_after },
            }),
          ),
      }),
    onSuccess: useStale('settings'),
  });
}

const readNetwork = () => takeKnown(api.GET('/v1/settings/network'));

export const networkQuery = () =>
  queryOptions({
    queryKey: ['settings', 'network'],
    queryFn: readNetwork,
  });

export function useSaveNetwork(known: Known<NetworkSettings>) {
  return useMutation({
    mutationFn: (body: NetworkSettings) =>
      saveOver({
        known,
        read: readNetwork,
        put: (etag) =>
          take(api.PUT('/v1/settings/network', { params: { header: { 'if-match': etag } }, body })),
      }),
    onSuccess: useStale('settings'),
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import { type Known, saveOver, takeKnown } from './known';
import { pages } from './pages';
import { useStale } from './stale';

type Schemas = components['schemas'];
export type RecordingSettings = Schemas['RecordingSettings'];
export type RetentionSettings = Schemas['RetentionSettings'];
export type Redaction = Schemas['Redaction'];
export type Receipt = Schemas['Receipt'];
export type RemovedByKind = Schemas['RemovedByKind'];

const readRecordings = () => takeKnown(api.GET('/v1/settings/recordings'));

export const recordingSettingsQuery = () =>
  queryOptions({
    queryKey: ['settings', 'recordings'],
    queryFn: readRecordings,
  });

const readRetention = () => takeKnown(api.GET('/v1/settings/retention'));

export const retentionQuery = () =>
  queryOptions({
    queryKey: ['settings', 'retention'],
    queryFn: readRetention,
  });

const readRedaction = () => takeKnown(api.GET('/v1/settings/redaction'));

export const redactionQuery = () =>
  queryOptions({
    queryKey: ['settings', 'redaction'],
    queryFn: readRedaction,
  });

/** Everything that is shown may be hidden then, or be shown again. */
export function useSaveRedaction(known: Known<Redaction>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fields: string[]) =>
      saveOver({
        known,
        read: readRedaction,
        put: (etag) =>
          take(
            api.PUT('/v1/settings/redaction', {
              params: { header: { 'if-match': etag } },
              body: { fields },
            }),
          ),
      }),
    onSuccess: () => client.invalidateQueries(),
  });
}

const useChanged = () => useStale('settings', 'flows', 'flow', 'connections');

export function useSaveRecordingSettings(known: Known<RecordingSettings>) {
  return useMutation({
    mutationFn: (body: RecordingSettings) =>
      saveOver({
        known,
        read: readRecordings,
        put: (etag) =>
          take(api.PUT('/v1/settings/recordings', { params: { header: { 'if-match': etag } }, body })),
      }),
    onSuccess: useChanged(),
  });
}

export function useSaveRetention(known: Known<RetentionSettings>) {
  return useMutation({
    mutationFn: (body: RetentionSettings) =>
      saveOver({
        known,
        read: readRetention,
        put: (etag) =>
          take(api.PUT('/v1/settings/retention', { params: { header: { 'if-match': etag } }, body })),
      }),
    onSuccess: useChanged(),
  });
}

/** Receipts of forgotten numbers, looked at again while one is worked on. */
export const receiptsQuery = () => ({
  ...pages(['receipts'], (cursor) =>
    take(api.GET('/v1/forget', { params: { query: cursor ? { cursor } : {} } })),
  ),
  refetchInterval: (query: { state: { data?: { pages: { data: Receipt[] }[] } | undefined } }) => {
    const known = query.state.data?.pages.flatMap((page) => page.data) ?? [];
    return known.some((receipt) => receipt.done_at === null) ? 1_000 : false;
  },
});

/** What there is about a number; nothing is removed. */
export function useWouldForget() {
  return useMutation({
    mutationFn: async (number: string) => {
      const found = await take(api.POST('/v1/forget', { body: { number, dry_run: true } }));
      return found as Schemas['ForgetFound'];
    },
  });
}

export function useForget() {
  return useMutation({
    mutationFn: (number: string) => take(api.POST('/v1/forget', { body: { number, dry_run: false } })),
    onSuccess: useStale('receipts', 'calls', 'contacts', 'runs'),
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { FlowDocument } from '@/lib/types';
import { pages } from './pages';
import { useStale } from './stale';

/** Flows without their runs, to choose from. */
export const flowsQuery = (q = '') =>
  pages(['flows', 'named', q], (cursor) =>
    take(
      api.GET('/v1/flows', { params: { query: { limit: 100, ...(q && { q }), ...(cursor && { cursor }) } } }),
    ),
  );

/** Which flows, as the API is asked. */
export type FlowsAsked = {
  q?: string;
  trigger?: string;
  enabled?: boolean;
  is?: 'failing' | 'paused' | 'draft' | 'kept';
  sort?: 'name' | 'updated';
};

/** Flows with how their newest runs went. */
export const foundFlowsQuery = (asked: FlowsAsked) =>
  pages(['flows', 'found', asked], (cursor) =>
    take(
      api.GET('/v1/flows', {
        params: { query: { limit: 50, recent: true, ...asked, ...(cursor && { cursor }) } },
      }),
    ),
  );

export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id],
    queryFn: () => take(api.GET('/v1/flows/{id}', { params: { path: { id } } })),
  });

export const versionsQuery = (id: string) =>
  pages(['flow', id, 'versions'], (cursor) =>
    take(
      api.GET('/v1/flows/{id}/versions', { params: { path: { id }, query: { ...(cursor && { cursor }) } } }),
    ),
  );

/** One version; none is asked for without a number. */
export const versionQuery = (id: string, version: number | null) =>
  queryOptions({
    queryKey: ['flow', id, 'version', version],
    enabled: version !== null,
    queryFn: () =>
      take(
        api.GET('/v1/flows/{id}/versions/{version}', { params: { path: { id, version: String(version) } } }),
      ),
  });

export const diffQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['flow', id, 'diff', from, to],
    queryFn: () => take(api.GET('/v1/flows/{id}/diff', { params: { path: { id }, query: { from, to } } })),
  });

/** What saving a document would change for new runs. */
export const unsavedDiffQuery = (id: string, document: FlowDocument) =>
  queryOptions({
    queryKey: ['flow', id, 'diff', document],
    queryFn: () => take(api.POST('/v1/flows/{id}/diff', { params: { path: { id } }, body: { document } })),
    gcTime: 0,
  });

/** What would keep a document from being saved, and what looks wrong; nothing is saved. */
export const checkQuery = (text: string) =>
  queryOptions({
    queryKey: ['flow-check', text],
    queryFn: () => take(api.POST('/v1/flows/check', { body: JSON.parse(text) as FlowDocument })),
    retry: false,
    gcTime: 10_000,
  });

/** The JSON Schema of a flow's document; it changes with the server's version only. */
export const flowSchemaQuery = () =>
  queryOptions({
    queryKey: ['flow-schema'],
    queryFn: () => take(api.GET('/schema/flow.json')),
    staleTime: Number.POSITIVE_INFINITY,
  });

const useChanged = () => useStale('flows', 'flow');

export function useCreateFlow() {
  return useMutation({
    mutationFn: ({ document, draft = false }: { document: FlowDocument; draft?: boolean }) =>
      take(api.POST('/v1/flows', { params: { query: { draft } }, body: document })),
    onSuccess: useChanged(),
  });
}

/** Saves a document over the version that was edited; a newer one makes it a conflict, not a loss. */
export function useSaveFlow(id: string) {
  const [changed, client] = [useChanged(), useQueryClient()];
  return useMutation({
    mutationFn: ({
      document,
      version,
      draft = false,
      note,
    }: {
      document: FlowDocument;
      version: number;
      draft?: boolean;
      note?: string;
    }) =>
      take(
        api.PUT('/v1/flows/{id}', {
          params: {
            path: { id },
            query: { draft, ...(note && { note }) },
            header: { 'if-match': `"${version}"` },
          },
          body: document,
        }),
      ),
    onSuccess: (saved) => {
      // A draft is shown from here, so that the editor stays while the flow is read again.
      client.setQueryData(versionQuery(id, saved.version).queryKey, saved);
      return changed();
    },
  });
}

/** Puts a draft or an earlier version in force; `newest` is the newest version that the person has seen. */
export function usePublishFlow(id: string) {
  return useMutation({
    mutationFn: ({ version, newest, note }: { version: number; newest: number; note: string }) =>
      take(
        api.POST('/v1/flows/{id}/publish', {
          params: { path: { id }, header: { 'if-match': `"${newest}"` } },
          body: { version, ...(note && { note }) },
        }),
      ),
    onSuccess: useChanged(),
  });
}

export function useDuplicateFlow(id: string) {
  return useMutation({
    mutationFn: () => take(api.POST('/v1/flows/{id}/duplicate', { params: { path: { id } } })),
    onSuccess: useChanged(),
  });
}

/** Makes a flow that is derived from settings one like others. */
export function useDetachFlow(id: string) {
  return useMutation({
    mutationFn: () => take(api.POST('/v1/flows/{id}/detach', { params: { path: { id } } })),
    onSuccess: useChanged(),
  });
}

export function useSwitchFlow(id: string) {
  return useMutation({
    mutationFn: (on: boolean) =>
      take(api.POST(on ? '/v1/flows/{id}/enable' : '/v1/flows/{id}/disable', { params: { path: { id } } })),
    onSuccess: useChanged(),
  });
}

/** Starts runs again; the answer says what came in meanwhile. */
export function useResumeFlow(id: string) {
  const [changed, client] = [useChanged(), useQueryClient()];
  return useMutation({
    mutationFn: () => take(api.POST('/v1/flows/{id}/resume', { params: { path: { id } } })),
    onSuccess: () => Promise.all([changed(), client.invalidateQueries({ queryKey: ['alerts'] })]),
  });
}

/** Starts the flow on what it missed in its last pause, request after request until all was looked at. */
export function useCatchUp(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ from, to }: { from: string; to: string }) => {
      let [started, next] = [0, to as string | null];
      while (next) {
        const caught = await take(
          api.POST('/v1/flows/{id}/catch-up', { params: { path: { id } }, body: { from, to: next } }),
        );
        started += caught.runs.length;
        next = caught.next === next && caught.runs.length === 0 ? null : caught.next;
      }
      return started;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

export function useDeleteFlow(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/flows/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['flows'] }),
  });
}

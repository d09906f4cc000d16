import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take, toSignIn } from '@/lib/api';
import { ApiProblem } from '@/lib/problem';
import type { components } from '@/lib/schema';
import { pages } from './pages';

export type NewContact = components['schemas']['NewContact'];
export type ContactImport = components['schemas']['ContactImport'];

export type ContactQuery = { search?: string; do_not_call?: boolean };

export const contactsQuery = (query: ContactQuery) =>
  pages(['contacts', query], (cursor) =>
    take(api.GET('/v1/contacts', { params: { query: { ...query, ...(cursor && { cursor }) } } })),
  );

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', id],
    queryFn: () => take(api.GET('/v1/contacts/{id}', { params: { path: { id } } })),
  });

/** The outbound campaigns that a contact is of. */
export const contactCampaignsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', id, 'campaigns'],
    queryFn: () => take(api.GET('/v1/contacts/{id}/campaigns', { params: { path: { id } } })),
  });

/** How many contacts have these values in their columns, and may be called. */
export const contactCountQuery = (columns: Record<string, unknown>) =>
  queryOptions({
    queryKey: ['contacts', 'count', columns],
    placeholderData: keepPreviousData,
    queryFn: () =>
      take(
        api.GET('/v1/contacts/count', {
          params: { query: { do_not_call: false, columns: JSON.stringify(columns) } },
        }),
      ),
  });

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['contacts'] });
}

/** Makes a contact, or replaces this version of the one with this id. */
export function useSaveContact(of: { id: string; version: number } | undefined) {
  return useMutation({
    mutationFn: (body: NewContact) =>
      of
        ? take(
            api.PUT('/v1/contacts/{id}', {
              params: { path: { id: of.id }, header: { 'if-match': `"${of.version}"` } },
              body,
            }),
          )
        : take(api.POST('/v1/contacts', { body })),
    onSuccess: useRefresh(),
  });
}

export function useDeleteContact() {
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/v1/contacts/{id}', { params: { path: { id } } })),
    onSuccess: useRefresh(),
  });
}

export type ImportOptions = {
  mapping: Record<string, string | null>;
  mode: 'skip' | 'update';
  country: string;
  dryRun: boolean;
};

/** Reads a table in. A browser tells how much of it has gone out only this way; `onSent` gets the share from 0 to 1. */
function importContacts(
  table: Blob,
  options: ImportOptions,
  onSent: (share: number) => void,
): Promise<ContactImport> {
  const query = new URLSearchParams({
    mapping: JSON.stringify(options.mapping),
    mode: options.mode,
    ...(options.country && { country: options.country }),
    ...(options.dryRun && { dry_run: 'true' }),
  });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/v1/contacts/import?${query}`);
    request.setRequestHeader('content-type', 'text/csv');
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 1);
    request.onerror = () => reject(new ApiProblem(0, 'offline', 'The server did not answer.'));
    request.onload = () => {
      let body: unknown;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = undefined;
      }
      if (request.status === 401) toSignIn();
      if (request.status === 200) resolve(body as ContactImport);
      else reject(ApiProblem.of(request.status, body));
    };
    request.send(table);
  });
}

export function useImportContacts(onSent: (share: number) => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ table, options }: { table: Blob; options: ImportOptions }) =>
      importContacts(table, options, onSent),
    onSuccess: (_, { options }) => (options.dryRun ? undefined : refresh()),
  });
}

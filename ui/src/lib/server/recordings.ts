import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

export const recordingsQuery = (call: string) =>
  queryOptions({
    queryKey: ['call', call, 'recordings'],
    queryFn: () => take(api.GET('/v1/calls/{id}/recordings', { params: { path: { id: call } } })),
    select: (list) => list.data,
  });

/** A link to a copy that opens for an hour; as a path, since a page plays what is of its own origin alone. */
export const recordingLinkQuery = (call: string, n: number) =>
  queryOptions({
    queryKey: ['call', call, 'recordings', n, 'link'],
    queryFn: async () => {
      const path = { id: call, n: String(n) };
      const link = await take(
        api.POST('/v1/calls/{id}/recordings/{n}/link', { params: { path }, body: { expires_in_s: 3600 } }),
      );
      const url = new URL(link.url);
      return `${url.pathname}${url.search}`;
    },
    staleTime: 50 * 60_000,
    gcTime: 50 * 60_000,
  });

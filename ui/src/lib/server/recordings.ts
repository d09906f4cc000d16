import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

export const recordingsQuery = (call: string) =>
  queryOptions({
    queryKey: ['call', call, 'recordings'],
    queryFn: () => take(api.GET('/v1/calls/{id}/recordings', { params: { path: { id: call } } })),
    select: (list) => list.data,
  });

/** Makes a link to a copy that opens for an hour; as a path, since a page plays what is of its own origin alone. Every link is
 * written into the audit log: it is made for who listens, and not again while they do. */
export function useRecordingLink(call: string, n: number) {
  return useMutation({
    mutationFn: async () => {
      const path = { id: call, n: String(n) };
      const link = await take(
        api.POST('/v1/calls/{id}/recordings/{n}/link', { params: { path }, body: { expires_in_s: 3600 } }),
      );
      const url = new URL(link.url);
      return `${url.pathname}${url.search}`;
    },
  });
}

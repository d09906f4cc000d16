import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { NewEvent } from '@/lib/types';

/** Whether a kind of event is a moment of a call: the others tell of runs and flows, and are never sent or edited. */
export const isMoment = (kind: string) => /^(call|tool)\./.test(kind);

/** What a run saw, as it would be sent. */
export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ['event', id],
    queryFn: async () =>
      (await take(
        api.GET('/v1/events/{id}/payload', { params: { path: { id }, query: { shape: 'event' } } }),
      )) as NewEvent,
    staleTime: Number.POSITIVE_INFINITY,
  });

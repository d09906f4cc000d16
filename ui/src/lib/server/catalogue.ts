import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

/** What steps can do; it changes with the server's version only. */
export const actionsQuery = () =>
  queryOptions({
    queryKey: ['actions'],
    queryFn: () => take(api.GET('/v1/actions')),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The kinds of events, each with a sample. */
export const kindsQuery = () =>
  queryOptions({
    queryKey: ['event-kinds'],
    queryFn: () => take(api.GET('/v1/events/kinds')),
    staleTime: Number.POSITIVE_INFINITY,
  });

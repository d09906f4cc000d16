import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

/** The event kinds that can start a flow: they change with the server only. */
export const kindsQuery = () =>
  queryOptions({
    queryKey: ['kinds'],
    queryFn: () => take(api.GET('/v1/events/kinds')),
    staleTime: Number.POSITIVE_INFINITY,
  });

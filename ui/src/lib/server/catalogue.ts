import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

/** What steps can do; it changes with the server's version only. */
export const actionsQuery = () =>
  queryOptions({
    queryKey: ['actions'],
    queryFn: () => take(api.GET('/v1/actions')),
    staleTime: Number.POSITIVE_INFINITY,
  });

import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

/** The voice platforms that the server knows; they change only with its version. */
export const providersQuery = () =>
  queryOptions({
    queryKey: ['providers'],
    queryFn: () => take(api.GET('/v1/providers')),
    staleTime: Number.POSITIVE_INFINITY,
  });

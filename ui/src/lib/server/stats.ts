import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

export const statsQuery = () =>
  queryOptions({ queryKey: ['stats'], queryFn: () => take(api.GET('/v1/stats')) });

import { api, take } from '@/lib/api';
import { pages } from './pages';

/** As the server takes it; times are exact. */
export type AuditQuery = {
  by?: string;
  action?: string;
  what?: string;
  id?: string;
  from?: string;
  to?: string;
};

export const auditQuery = (query: AuditQuery) =>
  pages(['audit', query], async (cursor) => {
    const asked = { ...query, ...(cursor && { cursor }) };
    const page = await take(api.GET('/v1/audit', { params: { query: asked } }));
    // The same address answers with a table when it is asked for one.
    return typeof page === 'string' ? { data: [] } : page;
  });

/** Where the same entries are as a table. */
export const auditTable = (query: AuditQuery): string =>
  `/v1/audit?${new URLSearchParams({ ...query, format: 'csv' })}`;

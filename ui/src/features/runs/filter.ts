import { readText, readTime } from '@/lib/search';

/** The filters of the run list as they stand in the URL; what is not one of them is dropped. */
export type RunFilter = {
  status?: RunStatus;
  flow?: string;
  agent?: string;
  campaign?: string;
  call?: string;
  from?: string;
  to?: string;
};

export const statuses = ['running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof statuses)[number];

export function readFilter(search: Record<string, unknown>): RunFilter {
  const status = statuses.find((known) => known === search.status);
  return {
    ...(status && { status }),
    ...readText(search, 'flow'),
    ...readText(search, 'agent'),
    ...readText(search, 'campaign'),
    ...readText(search, 'call'),
    ...readTime(search, 'from'),
    ...readTime(search, 'to'),
  };
}

/** What the API is asked: local times of the date fields become points in time. */
export function toQuery(filter: RunFilter) {
  return {
    ...filter,
    ...(filter.from && { from: new Date(filter.from).toISOString() }),
    ...(filter.to && { to: new Date(filter.to).toISOString() }),
  };
}

export function isFiltered(filter: RunFilter): boolean {
  return Object.keys(filter).length > 0;
}

import { readOne, readText, readTime } from '@/lib/search';
import { toTimes } from '@/lib/time';

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
  return {
    ...readOne(search, 'status', statuses),
    ...readText(search, 'flow'),
    ...readText(search, 'agent'),
    ...readText(search, 'campaign'),
    ...readText(search, 'call'),
    ...readTime(search, 'from'),
    ...readTime(search, 'to'),
  };
}

export const toQuery = (filter: RunFilter): RunFilter => toTimes(filter);

export function isFiltered(filter: RunFilter): boolean {
  return Object.keys(filter).length > 0;
}

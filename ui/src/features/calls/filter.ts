import { readOne, readText, readTime } from '@/lib/search';

export const callStatuses = [
  'initiated',
  'ringing',
  'busy',
  'in-progress',
  'ended',
  'completed',
  'ended_by_customer',
  'ended_by_assistant',
  'unanswered',
  'failed',
];

export type CallFilter = { status?: string; agent?: string; number?: string; from?: string; to?: string };

/** The filters of the call list as they stand in the URL. */
export function readCallFilter(search: Record<string, unknown>): CallFilter {
  return {
    ...readOne(search, 'status', callStatuses),
    ...readText(search, 'agent'),
    ...readText(search, 'number'),
    ...readTime(search, 'from'),
    ...readTime(search, 'to'),
  };
}

/** What the API is asked: local times of the date fields become points in time. */
export function toCallQuery(filter: CallFilter) {
  return {
    ...filter,
    ...(filter.from && { from: new Date(filter.from).toISOString() }),
    ...(filter.to && { to: new Date(filter.to).toISOString() }),
  };
}

export function isFiltered(filter: CallFilter): boolean {
  return Object.keys(filter).length > 0;
}

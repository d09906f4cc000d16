import { readOne, readText, readTime } from '@/lib/search';
import { toTimes } from '@/lib/time';

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

export type CallFilter = {
  status?: string;
  disposition?: string;
  agent?: string;
  campaign?: string;
  number?: string;
  from?: string;
  to?: string;
  /** A name that contacts are searched for: it chooses a number, and is no filter itself. */
  find?: string;
};

/** The filters of the call list as they stand in the URL. */
export function readCallFilter(search: Record<string, unknown>): CallFilter {
  return {
    ...readOne(search, 'status', callStatuses),
    ...readText(search, 'disposition'),
    ...readText(search, 'agent'),
    ...readText(search, 'campaign'),
    ...readText(search, 'number'),
    ...readTime(search, 'from'),
    ...readTime(search, 'to'),
    ...readText(search, 'find'),
  };
}

export const toCallQuery = ({ find: _, ...filter }: CallFilter) => toTimes(filter);

export function isFiltered({ find: _, ...filter }: CallFilter): boolean {
  return Object.keys(filter).length > 0;
}

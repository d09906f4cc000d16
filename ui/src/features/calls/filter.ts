import { readNumber, readText, readTime } from '@/lib/search';
import type { CallQuery } from '@/lib/server/calls';
import { toTimes } from '@/lib/time';

/** Those that are offered; platforms and forms of one's own have further ones. */
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

export const sentiments = ['positive', 'neutral', 'negative'];

export type CallFilter = {
  /** Parts of numbers, of the platform's id, of the contact's names and address. */
  q?: string;
  status?: string;
  disposition?: string;
  agent?: string;
  campaign?: string;
  provider?: string;
  sentiment?: string;
  question?: string;
  answer?: string;
  /** Seconds. */
  min?: number;
  max?: number;
  number?: string;
  from?: string;
  to?: string;
};

/** The filters of the call list as they stand in the URL. */
export function readCallFilter(search: Record<string, unknown>): CallFilter {
  const question = readText(search, 'question');
  return {
    ...readText(search, 'q'),
    ...readText(search, 'status'),
    ...readText(search, 'disposition'),
    ...readText(search, 'agent'),
    ...readText(search, 'campaign'),
    ...readText(search, 'provider'),
    ...readText(search, 'sentiment'),
    ...question,
    ...(question.question && readText(search, 'answer')),
    ...readNumber(search, 'min'),
    ...readNumber(search, 'max'),
    ...readText(search, 'number'),
    ...readTime(search, 'from'),
    ...readTime(search, 'to'),
  };
}

/** As the API is asked. */
export function toCallQuery({ q, min, max, ...filter }: CallFilter): CallQuery {
  return {
    ...toTimes(filter),
    ...(q && { search: q }),
    ...(min !== undefined && { min_duration_s: min }),
    // Nobody means less than at least: the end moves with the beginning until it is set anew.
    ...(max !== undefined && { max_duration_s: Math.max(max, min ?? 0) }),
  };
}

export function isFiltered(filter: CallFilter): boolean {
  return Object.keys(filter).length > 0;
}

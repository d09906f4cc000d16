import { readOne, readText } from '@/lib/search';

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

export type CallFilter = { status?: string; number?: string };

/** The filters of the call list as they stand in the URL. */
export function readCallFilter(search: Record<string, unknown>): CallFilter {
  return { ...readOne(search, 'status', callStatuses), ...readText(search, 'number') };
}

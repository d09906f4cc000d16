/** The filters of the deliveries as they stand in the URL; what is not one of them is dropped. */
import { readOne, readText, readTime } from '@/lib/search';
import type { DeliveryQuery } from '@/lib/server/deliveries';
import { toTimes } from '@/lib/time';

export type DeliveryFilter = DeliveryQuery;

export const results = ['ok', 'failed', 'unknown'] as const;

export function readDeliveryFilter(search: Record<string, unknown>): DeliveryFilter {
  // Neither is ever digits alone, which the router reads as a number.
  const { destination, flow } = search;
  return {
    ...(typeof destination === 'string' && readText(search, 'destination')),
    ...readOne(search, 'result', results),
    ...(typeof flow === 'string' && readText(search, 'flow')),
    ...readTime(search, 'from'),
    ...readTime(search, 'to'),
  };
}

export const toQuery = (filter: DeliveryFilter): DeliveryQuery => toTimes(filter);

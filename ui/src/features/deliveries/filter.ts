/** The deliveries as they stand in the URL: the filters, and the attempt that is open; what is neither is dropped. */
import { attemptTabs } from '@/lib/attempt-tabs';
import { readNumber, readOne, readText, readTime } from '@/lib/search';
import type { DeliveryQuery } from '@/lib/server/deliveries';
import { toTimes } from '@/lib/time';

export type DeliveryFilter = DeliveryQuery;

/** Which attempt is looked at, and which part of it. */
type DeliveryOpen = { run?: string; entry?: number; tab?: string };
export type DeliverySearch = DeliveryFilter & DeliveryOpen;

export const results = ['ok', 'failed', 'unknown'] as const;

export function readDeliveryFilter(search: Record<string, unknown>): DeliveryFilter {
  // Neither is ever digits alone, which the router reads as a number.
  const { destination, flow } = search;
  return {
    ...(typeof destination === 'string' && readText(search, 'destination')),
    ...readOne(search, 'result', results),
    ...readText(search, 'answer'),
    ...(typeof flow === 'string' && readText(search, 'flow')),
    ...readTime(search, 'from'),
    ...readTime(search, 'to'),
  };
}

export function readDeliveries(search: Record<string, unknown>): DeliverySearch {
  const open = { ...readText(search, 'run'), ...readNumber(search, 'entry') };
  return {
    ...readDeliveryFilter(search),
    ...(open.run && open.entry !== undefined && open),
    ...readOne(search, 'tab', attemptTabs),
  };
}

export const toQuery = (filter: DeliveryFilter): DeliveryQuery => toTimes(filter);

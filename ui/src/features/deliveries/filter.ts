/** The filters of the deliveries as they stand in the URL; what is not one of them is dropped. */
import type { DeliveryQuery } from '@/lib/server/deliveries';

export type DeliveryFilter = DeliveryQuery;

export const results = ['ok', 'failed', 'unknown'] as const;

export function readDeliveryFilter(search: Record<string, unknown>): DeliveryFilter {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const time = (name: string) => {
    const value = text(name);
    return value !== undefined && !Number.isNaN(Date.parse(value)) ? value : undefined;
  };
  const filter: DeliveryFilter = {};
  const result = results.find((known) => known === search.result);
  const [destination, flow, from, to] = [text('destination'), text('flow'), time('from'), time('to')];
  if (destination) filter.destination = destination;
  if (result) filter.result = result;
  if (flow) filter.flow = flow;
  if (from) filter.from = from;
  if (to) filter.to = to;
  return filter;
}

/** What the API is asked: local times of the date fields become points in time. */
export function toQuery(filter: DeliveryFilter): DeliveryQuery {
  return {
    ...filter,
    ...(filter.from && { from: new Date(filter.from).toISOString() }),
    ...(filter.to && { to: new Date(filter.to).toISOString() }),
  };
}

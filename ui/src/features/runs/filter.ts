/** The filters of the run list as they stand in the URL; what is not one of them is dropped. */
export type RunFilter = {
  status?: RunStatus;
  flow?: string;
  call?: string;
  from?: string;
  to?: string;
};

export const statuses = ['running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof statuses)[number];

export function readFilter(search: Record<string, unknown>): RunFilter {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const time = (name: string) => {
    const value = text(name);
    return value !== undefined && !Number.isNaN(Date.parse(value)) ? value : undefined;
  };
  const filter: RunFilter = {};
  const status = statuses.find((known) => known === search.status);
  const [flow, call, from, to] = [text('flow'), text('call'), time('from'), time('to')];
  if (status) filter.status = status;
  if (flow) filter.flow = flow;
  if (call) filter.call = call;
  if (from) filter.from = from;
  if (to) filter.to = to;
  return filter;
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

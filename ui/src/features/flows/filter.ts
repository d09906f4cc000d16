import type { FlowsAsked } from '@/lib/server/flows';

/** The filters of the flow list as they stand in the URL; what is not one of them is dropped. */
export type FlowFilter = {
  q?: string;
  trigger?: string;
  state?: FlowState;
  sort?: FlowSort;
};

export const states = ['on', 'off'] as const;
export type FlowState = (typeof states)[number];
export const sorts = ['name', 'updated'] as const;
export type FlowSort = (typeof sorts)[number];

export function readFlowFilter(search: Record<string, unknown>): FlowFilter {
  const text = (name: string) => {
    // The router reads digits as a number.
    const value = typeof search[name] === 'number' ? String(search[name]) : search[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const filter: FlowFilter = {};
  const [q, trigger] = [text('q'), text('trigger')];
  const state = states.find((known) => known === search.state);
  const sort = sorts.find((known) => known === search.sort);
  if (q) filter.q = q;
  if (trigger) filter.trigger = trigger;
  if (state) filter.state = state;
  if (sort) filter.sort = sort;
  return filter;
}

export function toQuery({ state, ...rest }: FlowFilter): FlowsAsked {
  return { ...rest, ...(state && { enabled: state === 'on' }) };
}

/** Whether flows may be missing from the list; the order hides none. */
export function isFiltered({ q, trigger, state }: FlowFilter): boolean {
  return Boolean(q || trigger || state);
}

import { readOne, readText } from '@/lib/search';
import type { FlowsAsked } from '@/lib/server/flows';

/** The filters of the flow list as they stand in the URL; what is not one of them is dropped. */
export type FlowFilter = {
  q?: string;
  trigger?: string;
  state?: FlowState;
  is?: FlowIs;
  sort?: FlowSort;
};

export const states = ['on', 'off'] as const;
export type FlowState = (typeof states)[number];
const standings = ['failing', 'paused', 'draft', 'kept'] as const;
export type FlowIs = (typeof standings)[number];
const sorts = ['name', 'updated'] as const;
export type FlowSort = (typeof sorts)[number];

export function readFlowFilter(search: Record<string, unknown>): FlowFilter {
  return {
    ...readText(search, 'q'),
    ...readText(search, 'trigger'),
    ...readOne(search, 'state', states),
    ...readOne(search, 'is', standings),
    ...readOne(search, 'sort', sorts),
  };
}

export function toQuery({ state, ...rest }: FlowFilter): FlowsAsked {
  return { ...rest, ...(state && { enabled: state === 'on' }) };
}

/** Whether flows may be missing from the list; the order hides none. */
export function isFiltered({ q, trigger, state, is }: FlowFilter): boolean {
  return Boolean(q || trigger || state || is);
}

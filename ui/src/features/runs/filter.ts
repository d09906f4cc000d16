import { attemptTabs } from '@/lib/attempt-tabs';
import { type RunStatus, runStatuses } from '@/lib/run-status';
import { readNumber, readOne, readText, readTime } from '@/lib/search';
import type { RunQuery } from '@/lib/server/runs';
import { toTimes } from '@/lib/time';

/** The filters of the run list as they stand in the URL; what is not one of them is dropped. */
export type RunFilter = {
  status?: RunStatus;
  flow?: string;
  agent?: string;
  campaign?: string;
  call?: string;
  from?: string;
  to?: string;
  /** Branches and items are among the runs. */
  parts?: 'with';
  /** Only what this run began. */
  parent?: string;
};

export function readFilter(search: Record<string, unknown>): RunFilter {
  return {
    ...readOne(search, 'status', runStatuses),
    ...readText(search, 'flow'),
    ...readText(search, 'agent'),
    ...readText(search, 'campaign'),
    ...readText(search, 'call'),
    ...readTime(search, 'from'),
    ...readTime(search, 'to'),
    ...readOne(search, 'parts', ['with']),
    ...readText(search, 'parent'),
  };
}

/** What the URL says of one run: what of it is shown, and the list that it was opened from. */
type RunSearch = {
  entry?: number;
  part?: string;
  tab?: string;
  view?: string;
  failed?: boolean;
  list?: RunFilter;
};

export function readRun(search: Record<string, unknown>): RunSearch {
  const { failed, list } = search;
  return {
    ...readNumber(search, 'entry'),
    ...readText(search, 'part'),
    ...(failed === true && { failed }),
    ...(typeof list === 'object' && list && { list: readFilter(list as Record<string, unknown>) }),
    ...readOne(search, 'tab', attemptTabs),
    ...readOne(search, 'view', ['canvas']),
  };
}

export function toQuery({ parts, ...filter }: RunFilter): RunQuery {
  return { ...toTimes(filter), ...(!parts && !filter.parent && { whole: true }) };
}

export function isFiltered(filter: RunFilter): boolean {
  return Object.keys(filter).length > 0;
}

/** Whether it means fewer than all runs: nothing is ever done to all of them together. */
export const narrows = ({ parts: _, ...filter }: RunFilter): boolean => isFiltered(filter);

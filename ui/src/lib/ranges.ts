/** Quick ranges of dates: the values of date fields, in the viewer's zone. */
import { toField } from './time';

export type Range = { from?: string; to?: string };

export const quickRanges = {
  hour: 'Last hour',
  today: 'Today',
  yesterday: 'Yesterday',
  week: 'Last 7 days',
  month: 'Last 30 days',
} as const;
export type QuickRange = keyof typeof quickRanges;

export function rangeOf(name: QuickRange, now = new Date()): Range {
  const ago = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  if (name === 'hour') return { from: toField(new Date(now.getTime() - 3_600_000)) };
  if (name === 'yesterday') return { from: toField(ago(1)), to: toField(ago(0)) };
  return { from: toField(ago({ today: 0, week: 6, month: 29 }[name])) };
}

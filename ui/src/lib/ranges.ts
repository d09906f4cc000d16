/** Quick ranges of dates: the values of date fields, in the viewer's zone. */
export type Range = { from?: string; to?: string };

/** What a `datetime-local` field holds. */
export function fieldOf(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

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
  if (name === 'hour') return { from: fieldOf(new Date(now.getTime() - 3_600_000)) };
  if (name === 'yesterday') return { from: fieldOf(ago(1)), to: fieldOf(ago(0)) };
  return { from: fieldOf(ago({ today: 0, week: 6, month: 29 }[name])) };
}

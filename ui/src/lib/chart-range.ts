/** The stretches of time that charts can show, the one before each, which it is compared with, and what stands below the bars. */
import { dayOfMonth, timeOfDay } from '@/lib/format';
import { ticks } from '@/lib/scale';
import type { Stretch } from '@/lib/server/stats';
import type { TimelineStep } from '@/lib/types';

export const ranges = ['day', 'week', 'month'] as const;
export type Range = (typeof ranges)[number];

const HOUR = 3_600_000;

/** `calm`: figures are read again at most so often, in ms, however much happens: a longer time changes less, and is more to read. */
export const known: Record<Range, { days: number; step: TimelineStep; label: string; calm: number }> = {
  day: { days: 1, step: 'hour', label: '24 hours', calm: 5000 },
  week: { days: 7, step: 'six_hours', label: '7 days', calm: 15_000 },
  month: { days: 30, step: 'day', label: '30 days', calm: 60_000 },
};

export function readRange(text: string | undefined): Range {
  return ranges.find((range) => range === text) ?? 'day';
}

/** Up to the end of the hour that runs, so that it changes once an hour: from as long ago, or from the first midnight since. */
export function stretchOf(range: Range, now: number): Stretch {
  const { days } = known[range];
  const to = new Date(Math.floor(now / HOUR) * HOUR + HOUR);
  const from = new Date(to);
  if (range === 'day') {
    from.setTime(to.getTime() - 24 * HOUR);
  } else {
    from.setTime(now);
    from.setDate(from.getDate() - days + 1);
    from.setHours(0, 0, 0, 0);
  }
  return { from: from.toISOString(), to: to.toISOString() };
}

/** The same hours of the days before, so that a day that is not over is compared with as much of another. */
export function before(range: Range, { from, to }: Stretch): Stretch {
  const earlier = (iso: string) => {
    const at = new Date(iso);
    at.setDate(at.getDate() - known[range].days);
    return at.toISOString();
  };
  return { from: earlier(from), to: earlier(to) };
}

/** Hours are named by the clock; where the chart is longer, the days are named. */
export function ticksOf({ parts, step }: { parts: { from: string }[]; step: TimelineStep }) {
  const name = step === 'hour' ? timeOfDay : dayOfMonth;
  return ticks(parts.length, step === 'six_hours' ? 7 : 8).flatMap((at) => {
    const part = parts[at];
    return part ? [{ at, text: name(part.from) }] : [];
  });
}

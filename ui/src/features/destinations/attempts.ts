/** The charts of a destination: which bars each draws, and what they say. */
import type { Bar } from '@/components/bar-chart';
import { endings, times } from '@/components/chart-kinds';
import { stretch } from '@/lib/format';
import type { DestinationTimeline } from '@/lib/types';

export const charts = ['attempts', 'time'] as const;
export type Chart = (typeof charts)[number];

export const known = {
  attempts: { label: 'Attempts', what: 'Attempts', ...endings },
  time: { label: 'Time', what: 'How long its answers took', ...times },
};

export function barsOf(chart: Chart, { parts }: DestinationTimeline): Bar[] {
  return parts.map((part) => ({
    key: part.from,
    title: stretch(part.from, part.to),
    parts: known[chart].parts(part),
    facts: [...endings.facts(part), ...times.facts(part)],
  }));
}

/** The charts of a destination: which bars each draws, and what they say. */
import type { Bar } from '@/components/bar-chart';
import type { ChartTone } from '@/components/chart-tone';
import { compact, count, milliseconds, percent, stretch, wait } from '@/lib/format';
import type { DestinationTimeline } from '@/lib/types';

export const charts = ['attempts', 'time'] as const;
export type Chart = (typeof charts)[number];

type Part = DestinationTimeline['parts'][number];

type Known = {
  label: string;
  what: string;
  legend: [tone: ChartTone, label: string][];
  tones: ChartTone[];
  axis: (value: number) => string;
  parts: (part: Part) => number[];
};

const time = (ms: number | null) => (ms === null ? '–' : milliseconds(ms));

export const known: Record<Chart, Known> = {
  attempts: {
    label: 'Attempts',
    what: 'Attempts',
    legend: [
      ['main', 'Succeeded'],
      ['bad', 'Failed'],
    ],
    // What failed stands at the bottom, where bars can be compared.
    tones: ['bad', 'main'],
    axis: compact,
    parts: ({ failed, succeeded }) => [failed, succeeded],
  },
  time: {
    label: 'Time',
    what: 'How long its answers took',
    legend: [
      ['main', 'Half of them within'],
      ['soft', '95 of 100 within'],
    ],
    tones: ['main', 'soft'],
    axis: (ms) => (ms === 0 ? '0' : wait(ms * 1000)),
    parts: ({ p50_ms, p95_ms }) => [p50_ms ?? 0, (p95_ms ?? 0) - (p50_ms ?? 0)],
  },
};

export function barsOf(chart: Chart, { parts }: DestinationTimeline): Bar[] {
  return parts.map((part) => ({
    key: part.from,
    title: stretch(part.from, part.to),
    parts: known[chart].parts(part),
    facts: [
      ['Succeeded', count(part.succeeded)],
      ['Failed', count(part.failed)],
      ['Success rate', percent(part.succeeded, part.succeeded + part.failed)],
      ['Half within', time(part.p50_ms)],
      ['95 of 100 within', time(part.p95_ms)],
    ],
  }));
}

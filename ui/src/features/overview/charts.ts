/** The charts of the overview: which bars each draws, and what they say. */
import type { Bar } from '@/components/bar-chart';
import type { ChartTone } from '@/components/chart-tone';
import { compact, count, milliseconds, percent, stretch, wait } from '@/lib/format';
import type { Timeline, TimelinePart } from '@/lib/types';

export const charts = ['runs', 'calls', 'latency'] as const;
export type Chart = (typeof charts)[number];

type Known = {
  label: string;
  what: string;
  legend: [tone: ChartTone, label: string][];
  tones: ChartTone[];
  axis: (value: number) => string;
  parts: (part: TimelinePart) => number[];
  facts: (part: TimelinePart) => Bar['facts'];
};

const time = (ms: number | null) => (ms === null ? '–' : milliseconds(ms));

export const known: Record<Chart, Known> = {
  runs: {
    label: 'Runs',
    what: 'Runs that ended',
    legend: [
      ['main', 'Succeeded'],
      ['bad', 'Failed'],
    ],
    // What failed stands at the bottom, where bars can be compared.
    tones: ['bad', 'main'],
    axis: compact,
    parts: ({ runs }) => [runs.failed, runs.succeeded],
    facts: ({ runs }) => [
      ['Succeeded', count(runs.succeeded)],
      ['Failed', count(runs.failed)],
      ['Success rate', percent(runs.succeeded, runs.succeeded + runs.failed)],
    ],
  },
  calls: {
    label: 'Calls',
    what: 'Calls and events',
    legend: [
      ['main', 'Calls'],
      ['soft', 'Further events of calls'],
    ],
    tones: ['main', 'soft'],
    axis: compact,
    parts: ({ calls, events }) => [calls, Math.max(0, events - calls)],
    facts: ({ calls, events }) => [
      ['Calls', count(calls)],
      ['Events', count(events)],
    ],
  },
  latency: {
    label: 'Latency',
    what: 'Hang-up to first action',
    legend: [
      ['main', 'Half of them within'],
      ['soft', '95 of 100 within'],
    ],
    tones: ['main', 'soft'],
    axis: (ms) => (ms === 0 ? '0' : wait(ms * 1000)),
    parts: ({ latency }) => [latency.p50_ms ?? 0, (latency.p95_ms ?? 0) - (latency.p50_ms ?? 0)],
    facts: ({ latency }) => [
      ['Half within', time(latency.p50_ms)],
      ['95 of 100 within', time(latency.p95_ms)],
      ['Measured', count(latency.count)],
    ],
  },
};

export function barsOf(chart: Chart, { parts }: Timeline): Bar[] {
  return parts.map((part) => ({
    key: part.from,
    title: stretch(part.from, part.to),
    parts: known[chart].parts(part),
    facts: known[chart].facts(part),
  }));
}

/** How long it took, in the parts of the histogram that anything fell into and those between. */
export function histogramOf({ histogram, total }: Timeline): Bar[] {
  const first = histogram.findIndex(({ count }) => count > 0);
  const last = histogram.findLastIndex(({ count }) => count > 0);
  return histogram.slice(Math.max(0, first), last + 1).map((bar, i, shown) => {
    const below = shown[i - 1]?.up_to_ms ?? histogram[first - 1]?.up_to_ms ?? 0;
    const [from, to] = [wait(below * 1000), bar.up_to_ms === null ? undefined : wait(bar.up_to_ms * 1000)];
    const title = to ? (below === 0 ? `Up to ${to}` : `${from} – ${to}`) : `Longer than ${from}`;
    return {
      key: to ?? 'longer',
      title,
      parts: [bar.count],
      facts: [
        ['Runs', count(bar.count)],
        ['Share', percent(bar.count, total.latency.count)],
      ],
    };
  });
}

/** The charts of the overview: which bars each draws, and what they say. */
import type { Bar } from '@/components/bar-chart';
import { type ChartLook, endings, times } from '@/components/chart-kinds';
import { compact, count, percent, stretch, wait } from '@/lib/format';
import type { Timeline, TimelinePart } from '@/lib/types';

export const charts = ['runs', 'calls', 'latency'] as const;
export type Chart = (typeof charts)[number];

type Known = ChartLook & {
  label: string;
  what: string;
  parts: (part: TimelinePart) => number[];
  facts: (part: TimelinePart) => Bar['facts'];
};

export const known: Record<Chart, Known> = {
  runs: {
    label: 'Runs',
    what: 'Runs that ended',
    ...endings,
    parts: ({ runs }) => endings.parts(runs),
    facts: ({ runs }) => endings.facts(runs),
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
    ...times,
    parts: ({ latency }) => times.parts(latency),
    facts: ({ latency }) => [...times.facts(latency), ['Measured', count(latency.count)]],
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

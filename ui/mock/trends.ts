import type {
  AgentFigures,
  DestinationTimeline,
  Figures,
  FlowFigures,
  Timeline,
  TimelineStep,
} from '../src/lib/types.ts';
import { flows } from './flows.ts';
import { at } from './time.ts';

const HOUR = 3_600_000;
const bounds = [10, 50, 100, 500, 1000, 5000, 30_000, null];

/** Busy at noon, quiet at night, less on weekends; the same each time it is asked. */
function busy(hour: number): number {
  const at = new Date(hour * HOUR);
  const day = Math.max(0, Math.sin(((at.getUTCHours() - 5) / 15) * Math.PI));
  const weekend = [0, 6].includes(at.getUTCDay()) ? 0.2 : 1;
  return Math.round(day * weekend * (46 + ((hour * 7919) % 13)));
}

function figures(hours: number[]): Figures {
  const calls = hours.map(busy).reduce((sum, each) => sum + each, 0);
  const failed = hours
    .filter((hour) => hour % 11 < 2)
    .reduce((sum, hour) => sum + Math.round(busy(hour) / 6), 0);
  const begun = calls * 2;
  const wave = (hours[0] ?? 0) % 7;
  return {
    events: calls * 3,
    calls,
    runs: { begun, succeeded: begun - failed, failed },
    latency: calls
      ? { count: calls, p50_ms: 160 + wave * 14, p95_ms: 720 + wave * 130 }
      : { count: 0, p50_ms: null, p95_ms: null },
  };
}

const nothing: Figures = {
  events: 0,
  calls: 0,
  runs: { begun: 0, succeeded: 0, failed: 0 },
  latency: { count: 0, p50_ms: null, p95_ms: null },
};

export function timeline(url: URL, empty: boolean): Timeline {
  const step = (url.searchParams.get('step') ?? 'hour') as TimelineStep;
  const first = Math.floor(Date.parse(url.searchParams.get('from') ?? at(86_400)) / HOUR);
  const end = Math.ceil(Date.parse(url.searchParams.get('to') ?? at(0)) / HOUR);
  const length = { hour: 1, six_hours: 6, day: 24, whole: end - first }[step];
  const count = (hours: number[]) => (empty ? nothing : figures(hours));
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const parts = range(0, Math.ceil((end - first) / length)).map((n) => {
    const from = first + n * length;
    const hours = range(from, from + length);
    return {
      from: new Date(from * HOUR).toISOString(),
      to: new Date((from + length) * HOUR).toISOString(),
      ...count(hours.filter((hour) => hour * HOUR < Date.now())),
    };
  });
  const total = count(range(first, end).filter((hour) => hour * HOUR < Date.now()));
  const shares = [0.01, 0.08, 0.21, 0.52, 0.13, 0.04, 0.01, 0];
  return {
    from: parts[0]?.from ?? at(0),
    to: parts.at(-1)?.to ?? at(0),
    step,
    total,
    parts,
    histogram: bounds.map((up_to_ms, i) => ({
      up_to_ms,
      count: Math.round(total.latency.count * (shares[i] ?? 0)),
    })),
  };
}

export function attempts(url: URL, empty: boolean): DestinationTimeline {
  const { from, to, step, total, parts } = timeline(url, empty);
  const of = ({ runs: { succeeded, failed }, latency: { p50_ms, p95_ms } }: Figures) => {
    return { succeeded, failed, p50_ms, p95_ms };
  };
  return {
    from,
    to,
    step,
    total: of(total),
    parts: parts.map((part) => ({ from: part.from, to: part.to, ...of(part) })),
  };
}

export const flowFigures: FlowFigures[] = flows.slice(0, 3).map((flow, i) => {
  const [begun = 0, failed = 0] = [
    [412, 36],
    [388, 2],
    [1204, 0],
  ][i] ?? [0, 0];
  return {
    ...nothing,
    flow_id: flow.id,
    name: flow.name,
    runs: { begun, succeeded: begun - failed, failed },
  };
});

export const agentFigures: AgentFigures[] = [
  {
    agent: 'Reception',
    calls: Array.from({ length: 24 }, (_, i) => (i < 21 && i > 8 ? 31 + ((i * 5) % 11) : 0)),
    usual: 40,
    quiet: { since: at(3900), expected: 43, usual: 40 },
  },
  {
    agent: 'Sarah',
    calls: Array.from({ length: 24 }, (_, i) => (i > 8 ? 20 + ((i * 7) % 13) : 0)),
    usual: 24,
    quiet: null,
  },
  {
    agent: 'Night desk',
    calls: Array.from({ length: 24 }, (_, i) => (i < 9 ? 3 + (i % 4) : 0)),
    usual: 0,
    quiet: null,
  },
];

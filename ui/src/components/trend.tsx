import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { count, milliseconds, percent } from '@/lib/format';
import { timelineQuery, trendsKey } from '@/lib/server/stats';
import { toField } from '@/lib/time';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { useNow } from '@/lib/use-now';
import { Failure } from './failure';
import { Sparkline } from './sparkline';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
/** A week changes slowly. */
const CALM = 15_000;

type Props = {
  /** Whose runs; an agent's calls are counted too. */
  of: { flow: string } | { agent: string };
  children?: ReactNode;
};

/** A line of figures of the last seven days; each leads to what it counts. */
export function Trend({ of, children }: Props) {
  const end = Math.floor(useNow(60_000) / HOUR) * HOUR + HOUR;
  const stretch = { from: new Date(end - WEEK).toISOString(), to: new Date(end).toISOString() };
  const timeline = useQuery(timelineQuery(stretch, 'six_hours', of));
  useLiveRefresh(trendsKey, ({ topic }) => topic === 'run', CALM);
  if (timeline.isError && !timeline.data)
    return <Failure error={timeline.error} what="The figures of the last days could not be loaded" />;
  const total = timeline.data?.total;
  const parts = timeline.data?.parts ?? [];
  const ended = total ? total.runs.succeeded + total.runs.failed : 0;
  const since = toField(stretch.from);
  // Branches and items are counted, too.
  const runs = { ...of, from: since, parts: 'with' } as const;
  const { p50_ms: half, p95_ms: most } = total?.latency ?? {};
  return (
    <ul
      aria-label="Figures of the last 7 days"
      className="flex flex-wrap items-center gap-x-6 gap-y-1 text-xs text-ink-soft"
    >
      <li className="text-ink-mute">Last 7 days</li>
      {'agent' in of && (
        <li>
          <Link to="/calls" search={{ agent: of.agent, from: since }} className={linkClass}>
            <Figure
              value={total && count(total.calls)}
              what={total?.calls === 1 ? 'call' : 'calls'}
              shape={parts.map((part) => part.calls)}
            />
          </Link>
        </li>
      )}
      <li>
        <Link to="/runs" search={runs} className={linkClass}>
          <Figure
            value={total && count(total.runs.begun)}
            what={total?.runs.begun === 1 ? 'run' : 'runs'}
            shape={parts.map((part) => part.runs.begun)}
          />
        </Link>
      </li>
      <li>
        <Link to="/runs" search={{ ...runs, status: 'failed' }} className={linkClass}>
          <Figure
            value={total && (ended > 0 ? percent(total.runs.succeeded, ended) : '–')}
            what="succeeded"
            shape={parts.map((part) => part.runs.failed)}
            tone={total && total.runs.failed > 0 ? 'bad' : 'main'}
          />
        </Link>
      </li>
      <li className="flex items-center gap-2 py-1">
        <Figure
          value={half == null ? '–' : milliseconds(half)}
          what="to the first action"
          shape={parts.map((part) => part.latency.p95_ms)}
        />
        {most != null && <span className="text-ink-mute">95 of 100 within {milliseconds(most)}</span>}
      </li>
      {children}
    </ul>
  );
}

const linkClass = 'flex items-center gap-2 rounded py-1 hover:text-ink hover:underline';

type FigureProps = {
  value: string | undefined;
  what: string;
  shape: (number | null)[];
  tone?: 'main' | 'bad' | undefined;
};

function Figure({ value = '–', what, shape, tone }: FigureProps) {
  return (
    <>
      <span>
        <span className="font-medium text-ink">{value}</span> {what}
      </span>
      {shape.some((each) => each) && (
        <span className="w-20">
          <Sparkline values={shape} tone={tone} />
        </span>
      )}
    </>
  );
}

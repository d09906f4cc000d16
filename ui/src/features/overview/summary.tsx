import { compact, count, milliseconds, percent } from '@/lib/format';
import type { Stretch } from '@/lib/server/stats';
import { toFields } from '@/lib/time';
import type { Figures, Timeline } from '@/lib/types';
import { Tile } from './tile';

type Props = {
  timeline: Timeline | undefined;
  /** Of as much time before, which is called so. */
  before: Figures | undefined;
  called: string;
  stretch: Stretch;
};

const share = ({ runs }: Figures) => percent(runs.succeeded, runs.succeeded + runs.failed);

/** What a stretch of time comes to, beside as much time before it. */
export function Summary({ timeline, before, called, stretch }: Props) {
  const total = timeline?.total;
  const within = toFields(stretch);
  const parts = timeline?.parts ?? [];
  const latency = total?.latency;
  const earlier = before && {
    calls: before.calls > 0 && `${compact(before.calls)} in the ${called} before`,
    begun: before.runs.begun > 0 && `${compact(before.runs.begun)} in the ${called} before`,
    share: before.runs.succeeded + before.runs.failed > 0 && `${share(before)} before`,
  };
  const failed = total?.runs.failed ?? 0;
  const p95 = latency?.p95_ms;
  return (
    <ul
      aria-label="Figures"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4"
    >
      <Tile
        label="Calls"
        value={total ? count(total.calls) : '–'}
        note={earlier?.calls}
        shape={parts.map((part) => part.calls)}
        link={{ to: '/calls', search: within }}
      />
      <Tile
        label="Runs"
        value={total ? count(total.runs.begun) : '–'}
        note={earlier?.begun}
        shape={parts.map((part) => part.runs.begun)}
        link={{ to: '/runs', search: { ...within, parts: 'with' } }}
      />
      <Tile
        label="Success rate"
        value={total ? share(total) : '–'}
        note={[failed > 0 && `${count(failed)} failed`, earlier?.share].filter(Boolean).join(' · ')}
        shape={parts.map((part) => part.runs.failed)}
        tone={failed > 0 ? 'bad' : 'main'}
        link={{ to: '/runs', search: { ...within, parts: 'with', status: 'failed' } }}
      />
      <Tile
        label="Hang-up to first action"
        value={latency?.p50_ms == null ? '–' : milliseconds(latency.p50_ms)}
        note={p95 == null ? '' : `95 of 100 within ${milliseconds(p95)}`}
        shape={parts.map((part) => part.latency.p95_ms)}
        link={{ to: '.', search: (old: object) => ({ ...old, chart: 'latency' }) }}
      />
    </ul>
  );
}

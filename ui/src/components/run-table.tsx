import { Link } from '@tanstack/react-router';
import { classes } from '@/lib/classes';
import { milliseconds, parties } from '@/lib/format';
import { moveBetweenRows } from '@/lib/rows';
import type { RunRow } from '@/lib/types';
import { Badge } from './badge';
import { Status } from './status';
import { Time } from './time';

type Props = { runs: RunRow[]; label: string; hideFlow?: boolean; fresh?: Set<string> };

const between = ({ call }: RunRow) => (call ? parties(call) : 'deleted call');

/** Runs, newest first: each row is one link; the arrow keys move between them. */
export function RunTable({ runs, label, hideFlow = false, fresh }: Props) {
  return (
    <ul aria-label={label} onKeyDown={moveBetweenRows} className="@container divide-y divide-line">
      {runs.map((run) => (
        <li key={run.id} className={classes(fresh?.has(run.id) && 'bg-accent-soft')}>
          <Link
            to="/runs/$runId"
            params={{ runId: run.id }}
            data-row
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 px-4 py-2 outline-offset-[-2px] hover:bg-inset @2xl:grid-cols-[7rem_minmax(0,1fr)_5rem_7.5rem]"
          >
            <span className="order-2 justify-self-end @2xl:order-none @2xl:justify-self-start">
              <Status status={run.status} />
            </span>
            <span className="order-1 min-w-0 @2xl:order-none">
              <span className="flex items-center gap-2">
                {!hideFlow && <span className="truncate font-medium">{run.flow.name}</span>}
                {hideFlow && <span className="truncate font-medium">{between(run)}</span>}
                {run.replay_of && <Badge>replay</Badge>}
              </span>
              <span className={classes('block truncate text-xs', run.error ? 'text-bad' : 'text-ink-mute')}>
                {run.error ?? [run.event.kind, !hideFlow && between(run)].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="order-4 justify-self-end text-ink-soft @2xl:order-none">
              {run.ended_at ? milliseconds(run.duration_ms) : '–'}
            </span>
            <span className="order-3 text-ink-soft @2xl:order-none @2xl:justify-self-end">
              <Time at={run.started_at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

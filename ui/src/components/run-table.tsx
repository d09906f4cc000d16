import { Link } from '@tanstack/react-router';
import { classes } from '@/lib/classes';
import { duration } from '@/lib/format';
import { moveBetweenRows } from '@/lib/rows';
import type { RunRow } from '@/lib/types';
import { Badge } from './badge';
import { Status } from './status';
import { Time } from './time';

type Props = { runs: RunRow[]; label: string; hideFlow?: boolean; fresh?: Set<string> };

/** Runs, newest first: each row is one link; the arrow keys move between them. */
export function RunTable({ runs, label, hideFlow = false, fresh }: Props) {
  return (
    <ul aria-label={label} onKeyDown={moveBetweenRows} className="divide-y divide-line">
      {runs.map((run) => (
        <li key={run.id} className={classes(fresh?.has(run.id) && 'bg-accent-soft')}>
          <Link
            to="/runs/$runId"
            params={{ runId: run.id }}
            data-row
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2 outline-offset-[-2px] hover:bg-inset md:grid-cols-[7.5rem_minmax(0,1fr)_auto_5.5rem_7rem]"
          >
            <span className="order-2 justify-self-end md:order-none md:justify-self-start">
              <Status status={run.status} />
            </span>
            <span className="order-1 min-w-0 md:order-none">
              <span className="block truncate font-medium">{hideFlow ? run.event.kind : run.flow.name}</span>
              {run.error && <span className="block truncate text-xs text-bad">{run.error}</span>}
            </span>
            <span className="order-3 flex items-center gap-1.5 md:order-none">
              {run.replay_of && <Badge>replay</Badge>}
              {!hideFlow && <Badge mono>{run.event.kind}</Badge>}
            </span>
            <span className="hidden text-right text-ink-soft md:block">
              {run.ended_at ? duration(run.duration_ms * 1000) : '–'}
            </span>
            <span className="order-4 justify-self-end text-ink-soft md:order-none">
              <Time at={run.started_at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

import { Link } from '@tanstack/react-router';
import { Zap } from 'lucide-react';
import { EventLink } from '@/components/event-link';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { classes } from '@/lib/classes';
import { milliseconds } from '@/lib/format';
import type { RunRow } from '@/lib/types';
import type { Moment } from './axis';

type Props = {
  callId: string;
  moment: Moment;
  runs: RunRow[];
  /** The run that is pointed at. */
  lit: string | undefined;
  onLight: (run: string | undefined) => void;
};

/** A moment of the call, raised as an event, and what it started. */
export function MomentLine({ callId, moment, runs, lit, onLight }: Props) {
  return (
    <div className="flex flex-col gap-1 py-0.5">
      <p className="flex flex-wrap items-center gap-2">
        <span className="-ml-[1.4rem] rounded-full bg-surface py-0.5">
          <Zap aria-hidden="true" className="size-3 text-accent" />
        </span>
        <EventLink callId={callId} event={moment} stays />
        <span className="text-xs text-ink-mute">
          <Time at={moment.at} />
          {moment.settled && ' · settled: everything expected is known'}
          {moment.synthetic && ' · concluded, the platform did not say it'}
          {moment.edited && ' · edited for a replay: it never came'}
          {moment.backfilled && ' · back-filled: its webhook had not come'}
        </span>
      </p>
      {runs.map((run) => (
        <Link
          key={run.id}
          to="/runs/$runId"
          params={{ runId: run.id }}
          onMouseEnter={() => onLight(run.id)}
          onMouseLeave={() => onLight(undefined)}
          onFocus={() => onLight(run.id)}
          onBlur={() => onLight(undefined)}
          className={classes(
            'flex w-fit max-w-full items-center gap-2 rounded-md border px-2 py-1 hover:bg-inset',
            lit === run.id ? 'border-accent' : 'border-line',
          )}
        >
          <span className="truncate">{run.flow.name}</span>
          {run.ended_at && <span className="text-xs text-ink-mute">{milliseconds(run.duration_ms)}</span>}
          <Status status={run.status} />
        </Link>
      ))}
    </div>
  );
}

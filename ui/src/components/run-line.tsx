import { Link } from '@tanstack/react-router';
import { classes } from '@/lib/classes';
import { milliseconds, parties } from '@/lib/format';
import { partName } from '@/lib/part-name';
import { isGoing } from '@/lib/shortcuts';
import type { RunRow } from '@/lib/types';
import { Badge } from './badge';
import { isRetrying, RunRetry } from './run-retry';
import { Status } from './status';
import { Time } from './time';

export type Selection = {
  ids: ReadonlySet<string>;
  /** With `range`, all from the last one on. */
  toggle: (id: string, range: boolean) => void;
};

type Props = {
  run: RunRow;
  hideFlow: boolean;
  selection: Selection | undefined;
  list?: Record<string, string> | undefined;
};

const between = ({ call }: RunRow) => (call ? parties(call) : 'deleted call');

/** A run in a list: one link, and a box to select it where that is offered. */
export function RunLine({ run, hideFlow, selection, list }: Props) {
  const selected = selection?.ids.has(run.id) ?? false;
  const link = (
    <Link
      to="/runs/$runId"
      params={{ runId: run.id }}
      search={list ? { list } : {}}
      data-row
      onKeyDown={(event) => {
        if (!selection || event.key.toLowerCase() !== 'x' || event.ctrlKey || event.metaKey || isGoing())
          return;
        event.preventDefault();
        selection.toggle(run.id, event.shiftKey);
      }}
      className={classes(
        'grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 py-2 pr-4 outline-offset-[-2px] hover:bg-inset @2xl:grid-cols-[7rem_minmax(0,1fr)_5rem_7.5rem]',
        selection ? 'pl-2' : 'pl-4',
      )}
    >
      <span className="order-2 justify-self-end @2xl:order-none @2xl:justify-self-start">
        <Status status={run.status} />
      </span>
      <span className="order-1 min-w-0 @2xl:order-none">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{hideFlow ? between(run) : run.flow.name}</span>
          {run.part && <Badge>{partName(run.part)}</Badge>}
          {run.replay_of && <Badge>{run.event.edited ? 'replay, input edited' : 'replay'}</Badge>}
        </span>
        <span className={classes('block truncate text-xs', run.error ? 'text-bad' : 'text-ink-mute')}>
          {isRetrying(run) && (
            <>
              <RunRetry run={run} />
              {' · '}
            </>
          )}
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
  );
  if (!selection) return link;
  return (
    <div className={classes('flex items-stretch', selected && 'bg-selected')}>
      <label className="flex cursor-pointer items-center pr-1 pl-4">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-label={`Select the run of ${run.flow.name}`}
          checked={selected}
          onClick={(event) => selection.toggle(run.id, event.shiftKey)}
          onChange={() => undefined}
        />
      </label>
      {link}
    </div>
  );
}

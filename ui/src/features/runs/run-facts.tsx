import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge } from '@/components/badge';
import { EventLink } from '@/components/event-link';
import { IdChip } from '@/components/id-chip';
import { Time } from '@/components/time';
import { duration, milliseconds, parties, shortId } from '@/lib/format';
import { partName } from '@/lib/part-name';
import { replaysQuery } from '@/lib/server/runs';
import { toMillis } from '@/lib/time';
import type { Run } from '@/lib/types';
import { useNow } from '@/lib/use-now';

const linkClass = 'rounded text-accent underline-offset-2 hover:underline';

/** The head of a run: ids, links, times. */
export function RunFacts({ run }: { run: Run }) {
  const now = useNow(1000, !run.ended_at);
  const total = run.ended_at ? run.duration_ms : now - toMillis(run.started_at);
  const queued = run.entries.reduce((sum, { queued_us }) => sum + queued_us, 0);
  const replays = useQuery({
    ...replaysQuery(run.id, run.call?.id ?? '', run.flow.id),
    enabled: Boolean(run.ended_at && run.call),
  });
  const again = replays.data?.[0];
  const facts: [string, ReactNode][] = [
    ['Run', <IdChip key="run" id={run.id} label="Copy run id" />],
    [
      'Flow',
      <Link
        key="flow"
        to="/flows/$flowId"
        params={{ flowId: run.flow.id }}
        search={{ tab: 'versions', version: run.flow.version }}
        className={linkClass}
      >
        version {run.flow.version}
      </Link>,
    ],
    [
      'Call',
      run.call ? (
        <Link key="call" to="/calls/$callId" params={{ callId: run.call.id }} className={linkClass}>
          {parties(run.call)}
        </Link>
      ) : (
        'deleted'
      ),
    ],
    ['Agent', run.call?.agent],
    ['Campaign', run.call?.campaign],
    [
      'Event',
      run.call ? (
        <EventLink key="event" callId={run.call.id} event={run.event} />
      ) : (
        <Badge key="event" mono>
          {run.event.kind}
        </Badge>
      ),
    ],
    [
      'Part of',
      run.parent_id && run.part && (
        <Link
          key="part"
          to="/runs/$runId"
          params={{ runId: run.parent_id }}
          search={{ part: run.id }}
          className={linkClass}
        >
          {run.part.step}, {partName(run.part)}
        </Link>
      ),
    ],
    [
      'Replay of',
      run.replay_of && (
        <Link
          key="of"
          to="/runs/$runId"
          params={{ runId: run.replay_of }}
          className={`${linkClass} font-mono text-xs`}
        >
          {shortId(run.replay_of)}
        </Link>
      ),
    ],
    [
      'Replayed as',
      again && (
        <Link
          key="again"
          to="/runs/$runId"
          params={{ runId: again.id }}
          className={`${linkClass} font-mono text-xs`}
        >
          {shortId(again.id)}
        </Link>
      ),
    ],
    ['Started', <Time key="started" at={run.started_at} />],
    ['Ended', run.ended_at ? <Time key="ended" at={run.ended_at} /> : 'not yet'],
    ['Queued', queued > 0 && duration(queued)],
    [
      'Total',
      <strong key="total" className="font-semibold">
        {milliseconds(total)}
      </strong>,
    ],
  ];
  return (
    <dl className="z-10 flex flex-wrap gap-x-6 gap-y-2 border-y border-line bg-surface py-3 lg:sticky lg:top-0">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name} className="flex flex-col">
            <dt className="text-xs text-ink-mute">{name}</dt>
            <dd className="flex h-6 items-center">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

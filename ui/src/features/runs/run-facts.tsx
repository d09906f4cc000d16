import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge } from '@/components/badge';
import { IdChip } from '@/components/id-chip';
import { Time } from '@/components/time';
import { milliseconds, parties, shortId } from '@/lib/format';
import { toMillis } from '@/lib/time';
import type { Run } from '@/lib/types';
import { useNow } from '@/lib/use-now';

const linkClass = 'rounded text-accent underline-offset-2 hover:underline';

/** The head of a run: ids, links, times. */
export function RunFacts({ run }: { run: Run }) {
  const now = useNow(1000, !run.ended_at);
  const total = run.ended_at ? run.duration_ms : now - toMillis(run.started_at);
  const facts: [string, ReactNode][] = [
    ['Run', <IdChip key="run" id={run.id} label="Copy run id" />],
    [
      'Flow',
      <Link key="flow" to="/flows/$flowId" params={{ flowId: run.flow.id }} className={linkClass}>
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
    [
      'Event',
      <Badge key="event" mono>
        {run.event.kind}
      </Badge>,
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
    ['Started', <Time key="started" at={run.started_at} />],
    ['Ended', run.ended_at ? <Time key="ended" at={run.ended_at} /> : 'not yet'],
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

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge } from '@/components/badge';
import { IdChip } from '@/components/id-chip';
import { Time } from '@/components/time';
import { duration, shortId } from '@/lib/format';
import { toMicros } from '@/lib/time';
import type { Run } from '@/lib/types';
import { useNow } from '@/lib/use-now';

const linkClass = 'rounded text-accent underline-offset-2 hover:underline';

/** The head of a run: ids, links, times. */
export function RunFacts({ run }: { run: Run }) {
  const over = run.status !== 'running' && run.status !== 'waiting';
  const now = useNow(1000, !over);
  const ended = over ? toMicros(run.updated_at) : now * 1000;
  const facts: [string, ReactNode][] = [
    ['Run', <IdChip key="run" id={run.id} label="Copy run id" />],
    [
      'Flow',
      <Link key="flow" to="/flows/$flowId" params={{ flowId: run.flow_id }} className={linkClass}>
        version {run.flow_version}
      </Link>,
    ],
    [
      'Call',
      <Link key="call" to="/calls/$callId" params={{ callId: run.call_id }} className={`${linkClass} font-mono text-xs`}>
        {shortId(run.call_id)}
      </Link>,
    ],
    ['Event', run.event_kind && <Badge key="event" mono>{run.event_kind}</Badge>],
    [
      'Replay of',
      run.replay_of && (
        <Link key="of" to="/runs/$runId" params={{ runId: run.replay_of }} className={`${linkClass} font-mono text-xs`}>
          {shortId(run.replay_of)}
        </Link>
      ),
    ],
    ['Started', <Time key="started" at={run.created_at} />],
    ['Ended', over ? <Time key="ended" at={run.updated_at} /> : 'not yet'],
    ['Total', <strong key="total" className="font-semibold">{duration(ended - toMicros(run.created_at))}</strong>],
  ];
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 border-y border-line py-3">
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

import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { Rows } from '@/components/rows';
import { Time } from '@/components/time';
import { parties, position } from '@/lib/format';
import type { CallRow } from '@/lib/types';
import { DirectionIcon } from './direction-icon';
import { toneOf } from './tone';

type Props = { calls: CallRow[]; more: boolean; onEnd: () => void; fresh: Set<string> };

/** Calls, newest first: each row is one link. */
export function CallTable({ calls, more, onEnd, fresh }: Props) {
  return (
    <Rows
      label="Calls"
      keys
      count={calls.length}
      more={more}
      onEnd={onEnd}
      height={41}
      keyOf={(index) => calls[index]?.id ?? index}
      className="divide-y divide-line"
      rowClass={(index) => fresh.has(calls[index]?.id ?? '') && 'bg-accent-soft'}
      row={(index) => {
        const call = calls[index];
        return call && <CallLine call={call} />;
      }}
    />
  );
}

function CallLine({ call }: { call: CallRow }) {
  return (
    <Link
      to="/calls/$callId"
      params={{ callId: call.id }}
      data-row
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2 outline-offset-[-2px] hover:bg-inset md:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_auto_4rem_7rem]"
    >
      <span className="flex min-w-0 items-center gap-2 max-md:col-span-2">
        <DirectionIcon direction={call.direction} />
        <span className="truncate font-medium">{parties(call)}</span>
      </span>
      <span className="hidden truncate text-ink-soft md:block">
        {[call.agent, call.campaign].filter(Boolean).join(' · ') || call.provider}
      </span>
      <span className="flex flex-wrap items-center justify-end gap-1.5 max-md:order-2">
        {call.disposition && <Badge>{call.disposition}</Badge>}
        {call.status && <Badge tone={toneOf(call.status)}>{call.status.replaceAll('_', ' ')}</Badge>}
      </span>
      <span className="hidden text-right text-ink-soft md:block">
        {typeof call.duration_s === 'number' ? position(call.duration_s) : '–'}
      </span>
      <span className="text-ink-soft max-md:order-1 md:text-right">
        <Time at={call.started_at ?? call.created_at} />
      </span>
    </Link>
  );
}

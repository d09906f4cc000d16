import { MessageSquareText } from 'lucide-react';
import { useMemo } from 'react';
import { Empty } from '@/components/empty';
import { position } from '@/lib/format';
import type { Call } from '@/lib/types';
import { toAxis } from './axis';
import { MomentLine } from './moment-line';
import { TurnLine } from './turn-line';

/** What was said and what happened on one time axis; silence is drawn, moments show the runs they started. */
export function Conversation({ call }: { call: Call }) {
  const { snapshot, events } = call;
  const items = useMemo(() => toAxis(snapshot.transcript ?? [], events, snapshot), [snapshot, events]);
  if (items.length === 0) {
    return (
      <Empty icon={<MessageSquareText />} title="Nothing was said or told yet">
        The transcript arrives with the platform’s report, usually a few seconds after the call has ended.
      </Empty>
    );
  }
  return (
    <ol aria-label="Conversation" className="flex flex-col">
      {items.map((item, i) => (
        <li key={i} className="grid grid-cols-[2.75rem_minmax(0,1fr)] gap-x-3">
          <span className="pt-1.5 text-right text-xs text-ink-mute">
            {item.at === undefined ? '' : position(item.at)}
          </span>
          <div className="border-l border-line py-1 pl-4">
            {item.type === 'turn' && <TurnLine turn={item.turn} />}
            {item.type === 'silence' && (
              <p className="hatch -ml-4 rounded-r py-1 pl-4 text-xs text-ink-mute">
                <span className="rounded bg-surface px-1">{item.seconds.toFixed(1)} s of silence</span>
              </p>
            )}
            {item.type === 'moment' && (
              <MomentLine
                moment={item.moment}
                runs={call.runs.filter((run) => run.event.id === item.moment.id)}
              />
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

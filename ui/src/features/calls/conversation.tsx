import { useQuery } from '@tanstack/react-query';
import { MessageSquareText, Navigation } from 'lucide-react';
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Rows, type RowsHandle } from '@/components/rows';
import { classes } from '@/lib/classes';
import { seek } from '@/lib/seek';
import { recordingsQuery } from '@/lib/server/recordings';
import type { Call } from '@/lib/types';
import { toAxis } from './axis';
import { ItemTime } from './item-time';
import { LaneStrip } from './lane-strip';
import { toLanes } from './lanes';
import { MomentLine } from './moment-line';
import { TurnLine } from './turn-line';
import { useFollow } from './use-follow';

/** Whoever marks words wants to copy them, and a link in the row leads where it says. */
const isPlain = ({ target }: MouseEvent) =>
  getSelection()?.isCollapsed && !(target as Element).closest('a, button, summary');

type Props = { call: Call /** The turn that is asked for. */; turn: number | undefined };

/** What was said and what was done on one time axis: turns and moments, silence between them, and beside them the runs for as
 * long as they went on. What belongs together lights up together, and the turn that is heard is marked and stays in view. */
export function Conversation({ call, turn }: Props) {
  const { snapshot, events, runs } = call;
  const recordings = useQuery(recordingsQuery(call.id));
  const canPlay = recordings.data?.some(({ n, kept }) => n === 1 && kept === 'copy') ?? false;
  const items = useMemo(() => toAxis(snapshot.transcript ?? [], events, snapshot), [snapshot, events]);
  const bars = useMemo(() => toLanes(items, runs, snapshot.started_at), [items, runs, snapshot]);
  const rows = useRef<RowsHandle>(null);
  const [lit, setLit] = useState<{ run?: string; item?: number }>({});
  const show = useCallback((index: number) => rows.current?.show(index), []);
  const { heard, left, follow } = useFollow(items, show);

  useEffect(() => {
    const index =
      turn === undefined ? -1 : items.findIndex((item) => item.type === 'turn' && item.number === turn);
    if (index >= 0) rows.current?.show(index);
  }, [turn, items]);

  if (items.length === 0) {
    return (
      <Empty icon={<MessageSquareText />} title="Nothing was said or told yet">
        The transcript arrives with the platform’s report, usually a few seconds after the call has ended.
      </Empty>
    );
  }
  const lanes = bars.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const litBar = bars.find(({ run }) => run.id === lit.run);
  const isLit = (index: number) => litBar && index >= litBar.first && index <= litBar.last;
  const row = (index: number) => {
    const item = items[index];
    if (!item) return null;
    const start = canPlay && item.type === 'turn' ? item.turn.start_s : null;
    const here = bars.filter(({ first, last }) => index >= first && index <= last);
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only lights up what the text says anyway
      // biome-ignore lint/a11y/useKeyWithClickEvents: its time is a button that does the same
      <div
        aria-current={index === heard || undefined}
        onClick={start == null ? undefined : (event) => isPlain(event) && seek(start)}
        onMouseEnter={() => setLit({ item: index })}
        onMouseLeave={() => setLit({})}
        className={classes(
          'grid grid-cols-[3.25rem_minmax(0,1fr)_auto] gap-x-3 rounded transition-colors',
          isLit(index) && 'bg-accent-soft',
          item.type === 'turn' && item.number === turn && 'bg-selected',
          start != null && 'cursor-pointer',
          start != null && index !== heard && 'hover:bg-inset',
          index === heard && 'bg-accent-soft',
        )}
      >
        <span className="pt-1.5 text-right text-xs whitespace-nowrap text-ink-mute">
          <ItemTime item={item} canPlay={canPlay} />
        </span>
        <div className="min-w-0 border-l border-line py-1 pl-4">
          {item.type === 'turn' && <TurnLine turn={item.turn} />}
          {item.type === 'silence' && (
            <p className="hatch -ml-4 rounded-r py-1 pl-4 text-xs text-ink-mute">
              <span className="rounded bg-surface px-1">{item.seconds.toFixed(1)} s of silence</span>
            </p>
          )}
          {item.type === 'moment' && (
            <MomentLine
              callId={call.id}
              moment={item.moment}
              runs={runs.filter((run) => run.event.id === item.moment.id)}
              lit={lit.run}
              onLight={(run) => setLit(run ? { run } : {})}
            />
          )}
        </div>
        {lanes > 0 && (
          <LaneStrip
            lanes={lanes}
            index={index}
            bars={here}
            lit={lit.item === index ? 'all' : lit.run}
            onLight={(run) => setLit(run ? { run } : {})}
          />
        )}
      </div>
    );
  };
  return (
    <>
      <Rows ref={rows} label="Conversation" count={items.length} height={56} keyOf={(i) => i} row={row} />
      {left && (
        <div className="pointer-events-none fixed inset-x-0 bottom-4 z-20 flex justify-center">
          <span className="pointer-events-auto rounded-md bg-raised shadow-pop">
            <Button size="sm" icon={<Navigation aria-hidden="true" />} onClick={follow}>
              Follow the recording
            </Button>
          </span>
        </div>
      )}
    </>
  );
}

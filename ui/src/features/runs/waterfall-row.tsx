import { Ban, ChevronRight, CircleCheck, CircleHelp, CircleX, Clock, Play, SkipForward } from 'lucide-react';
import { classes } from '@/lib/classes';
import { duration } from '@/lib/format';
import { GapLabel, type Side } from './gap-label';
import type { Row } from './tree';
import type { Gap, Place } from './waterfall';
import { WaterfallBar } from './waterfall-bar';

const ok = { icon: CircleCheck, tone: 'text-ok', word: 'succeeded' };
const states: Record<string, { icon: typeof Ban; tone: string; word: string }> = {
  ok,
  succeeded: ok,
  failed: { icon: CircleX, tone: 'text-bad', word: 'failed' },
  skipped: { icon: SkipForward, tone: 'text-ink-mute', word: 'skipped' },
  unknown: { icon: CircleHelp, tone: 'text-wait', word: 'result unknown' },
  cancelled: { icon: Ban, tone: 'text-ink-mute', word: 'cancelled' },
  running: { icon: Play, tone: 'text-live', word: 'running' },
  waiting: { icon: Clock, tone: 'text-wait', word: 'waiting' },
};
const other = { icon: CircleHelp, tone: 'text-ink-mute', word: 'not known' };

type Props = {
  row: Row & Place;
  gaps: Gap[];
  label: { gap: Gap; side: Side } | undefined;
  selected: boolean;
  /** The tab key leads to it: to one row of the list. */
  tabbable: boolean;
  /** Some rows of the list hold others: all leave room for that. */
  nested: boolean;
  onSelect: () => void;
  onFold: (open: boolean) => void;
  /** Which one of how many it is. */
  position: number;
  of: number;
};

/** One attempt, or a step or part that holds some: what it was, its bar, how long it took. */
export function WaterfallRow(props: Props) {
  const { row, gaps, label, selected, tabbable, nested, onSelect, onFold, position, of } = props;
  const { icon: Icon, tone, word } = states[row.state] ?? other;
  const folds = row.fold !== undefined;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={of}
      data-row
      data-entry={row.entry?.number}
      tabIndex={tabbable ? 0 : -1}
      onClick={onSelect}
      className={classes(
        'grid cursor-pointer grid-cols-[minmax(0,1fr)_4.25rem] items-center gap-x-2 px-4 py-1 outline-offset-[-2px] sm:grid-cols-[minmax(7rem,30%)_minmax(0,1fr)_4.25rem]',
        selected ? 'bg-selected' : 'hover:bg-inset',
      )}
    >
      <span
        style={{ paddingLeft: `${Math.min(row.depth, 8) * 0.75}rem` }}
        className="col-start-1 row-start-1 flex min-w-0 items-center gap-2 py-0.5"
      >
        {nested && !folds && <span aria-hidden="true" className="w-3.5 shrink-0" />}
        {folds && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys fold the row
          // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys fold the row
          <span
            onClick={(event) => {
              event.stopPropagation();
              onFold(!row.fold);
            }}
            className="-m-1 shrink-0 rounded p-1 text-ink-mute hover:text-ink"
          >
            <ChevronRight
              aria-hidden="true"
              className={classes('size-3.5 transition-transform', row.fold && 'rotate-90')}
            />
            <span className="sr-only">{row.fold ? 'unfolded' : 'folded'}</span>
          </span>
        )}
        <Icon role="img" aria-label={word} className={classes('size-3.5 shrink-0', tone)} />
        <span
          className={classes('min-w-0', !(folds && row.entry) && 'truncate')}
          title={`${row.name} ${row.note}`}
        >
          <span className="font-medium">{row.name}</span>{' '}
          <span className="text-xs text-ink-mute">{row.note}</span>
        </span>
      </span>
      <span className="relative col-span-2 row-start-2 h-5 sm:col-span-1 sm:col-start-2 sm:row-start-1">
        {gaps.map((gap) => (
          <span
            key={gap.at}
            aria-hidden="true"
            style={{ left: `${gap.at * 100}%`, width: `${gap.width * 100}%` }}
            className="hatch absolute -top-1 -bottom-1 border-x border-dashed border-line"
          />
        ))}
        {label && <GapLabel gap={label.gap} side={label.side} />}
        {row.entry && !folds ? (
          <WaterfallBar bar={{ ...row, entry: row.entry }} />
        ) : (
          <span
            style={{
              left: `min(${row.left * 100}%, calc(100% - 4px))`,
              width: `max(4px, ${row.width * 100}%)`,
            }}
            className={classes(
              'absolute top-1/2 h-1 -translate-y-1/2 rounded-full',
              row.state === 'failed' ? 'bg-bad' : 'bg-line-strong',
            )}
          />
        )}
      </span>
      <span className="col-start-2 row-start-1 text-right text-xs text-ink-soft sm:col-start-3">
        {duration(row.to - row.from)}
      </span>
    </div>
  );
}

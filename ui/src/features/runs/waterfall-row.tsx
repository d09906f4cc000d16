import { CircleCheck, CircleHelp, CircleX, SkipForward } from 'lucide-react';
import { classes } from '@/lib/classes';
import { duration } from '@/lib/format';
import { GapLabel, type Side } from './gap-label';
import { stepName } from './step-name';
import type { Bar, Gap } from './waterfall';
import { WaterfallBar } from './waterfall-bar';

const results = {
  ok: { icon: CircleCheck, tone: 'text-ok', word: 'succeeded' },
  failed: { icon: CircleX, tone: 'text-bad', word: 'failed' },
  skipped: { icon: SkipForward, tone: 'text-ink-mute', word: 'skipped' },
  unknown: { icon: CircleHelp, tone: 'text-wait', word: 'result unknown' },
} as const;

type Props = {
  bar: Bar;
  gaps: Gap[];
  label: { gap: Gap; side: Side } | undefined;
  selected: boolean;
  onSelect: () => void;
  /** Which one of how many it is. */
  position: number;
  of: number;
};

/** One attempt: what it was, its bar, how long it took. */
export function WaterfallRow({ bar, gaps, label, selected, onSelect, position, of }: Props) {
  const { entry } = bar;
  const { icon: Icon, tone, word } = results[entry.result];
  const took = bar.to - bar.from;
  const attempt = entry.attempt > 1 || entry.retry_at ? `attempt ${entry.attempt}` : undefined;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={of}
      data-row
      data-entry={entry.number}
      tabIndex={selected ? 0 : -1}
      onClick={onSelect}
      className={classes(
        'grid cursor-pointer grid-cols-[minmax(0,1fr)_4.25rem] items-center gap-x-2 px-4 py-1 outline-offset-[-2px] sm:grid-cols-[minmax(7rem,30%)_minmax(0,1fr)_4.25rem]',
        selected ? 'bg-selected' : 'hover:bg-inset',
      )}
    >
      <span className="col-start-1 row-start-1 flex min-w-0 items-center gap-2 py-0.5">
        <Icon role="img" aria-label={word} className={classes('size-3.5 shrink-0', tone)} />
        <span className="min-w-0 truncate">
          <span className="font-medium">{stepName(entry)}</span>{' '}
          <span className="text-xs text-ink-mute">{attempt ?? entry.action ?? entry.kind}</span>
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
        <WaterfallBar bar={bar} />
      </span>
      <span className="col-start-2 row-start-1 text-right text-xs text-ink-soft sm:col-start-3">
        {duration(took)}
      </span>
    </div>
  );
}

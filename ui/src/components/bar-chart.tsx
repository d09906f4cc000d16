import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { axisEnd } from '@/lib/scale';
import { ChartTable } from './chart-table';
import { ChartTip } from './chart-tip';
import { type ChartTone, chartFills } from './chart-tone';

export type Bar = {
  key: string;
  title: string;
  /** From the bottom up. */
  parts: number[];
  facts: [label: string, value: string][];
};

/** What makes an element the place of a bar: put all of it on a link, or on a plain element. */
export type Place = {
  className: string;
  tabIndex: number;
  'aria-label': string;
  'data-bar': true;
  onFocus: () => void;
  onMouseEnter: () => void;
};

type Props = {
  label: string;
  /** What the bars stand for: hours, lengths. */
  along: string;
  low?: boolean;
  bars: Bar[];
  tones: ChartTone[];
  /** How values are written beside the bars; without it they are a small picture, as high as the most of them. */
  axis?: (value: number) => string;
  /** Under which bars something is written. */
  ticks: { at: number; text: string }[];
  place: (bar: Bar, index: number, place: Place) => ReactNode;
};

/** Bars side by side: the arrow keys go from one to the next, each says what it holds, and a table says all of it. */
export function BarChart({ label, along, low = false, bars, tones, axis, ticks, place }: Props) {
  const [shown, setShown] = useState<number>();
  const [stop, setStop] = useState<number>();
  const most = Math.max(0, ...bars.map((bar) => bar.parts.reduce((sum, part) => sum + part, 0)));
  const end = axis ? axisEnd(most) : most || 1;
  const tip = shown === undefined ? undefined : bars[shown];
  const entry = Math.min(stop ?? bars.length - 1, bars.length - 1);
  const hide = () => setShown(undefined);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') hide();
    else move(event);
  };
  return (
    <div className="flex flex-col gap-1">
      <div className={`flex gap-2 ${!axis ? 'h-14' : low ? 'h-32' : 'h-56'}`}>
        {axis && (
          <div
            aria-hidden="true"
            className="flex w-12 shrink-0 flex-col justify-between text-right text-xs leading-none whitespace-nowrap text-ink-mute"
          >
            <span>{axis(end)}</span>
            <span>{axis(end / 2)}</span>
            <span>{axis(0)}</span>
          </div>
        )}
        <div className="relative my-1.5 min-w-0 flex-1">
          <div aria-hidden="true" className="absolute inset-0 flex flex-col justify-between">
            <hr className={axis ? 'border-line' : 'border-transparent'} />
            <hr className={axis ? 'border-line' : 'border-transparent'} />
            <hr className="border-line-strong" />
          </div>
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${bars.length || 1} 1`}
            preserveAspectRatio="none"
            className="absolute inset-0 size-full"
          >
            {bars.map((bar, i) => (
              <Stack key={bar.key} at={i} parts={bar.parts} tones={tones} end={end} />
            ))}
          </svg>
          <div
            role="group"
            aria-label={label}
            className="absolute inset-0 flex"
            onKeyDown={onKeyDown}
            onMouseLeave={hide}
            onBlur={hide}
          >
            {bars.map((bar, i) =>
              place(bar, i, {
                className:
                  'h-full min-w-0 flex-1 rounded-[3px] outline-offset-0 hover:bg-ink/5 focus-visible:bg-ink/5',
                tabIndex: i === entry ? 0 : -1,
                'aria-label': spoken(bar),
                'data-bar': true,
                onFocus: () => {
                  setShown(i);
                  setStop(i);
                },
                onMouseEnter: () => setShown(i),
              }),
            )}
          </div>
          {tip && shown !== undefined && (
            <div className={`absolute inset-x-0 ${axis ? '-top-2' : '-top-16'}`}>
              <ChartTip title={tip.title} facts={tip.facts} at={(shown + 0.5) / bars.length} />
            </div>
          )}
        </div>
      </div>
      {ticks.length > 0 && (
        <div aria-hidden="true" className="relative ml-14 h-4 text-xs leading-none text-ink-mute">
          {ticks.map(({ at, text }, i) => (
            <span
              key={at}
              style={{ left: `${((at + 0.5) / bars.length) * 100}%` }}
              className={`absolute -translate-x-1/2 whitespace-nowrap ${i % 2 ? 'max-sm:hidden' : ''}`}
            >
              {text}
            </span>
          ))}
        </div>
      )}
      <ChartTable label={label} first={along} bars={bars} />
    </div>
  );
}

function Stack({ at, parts, tones, end }: { at: number; parts: number[]; tones: ChartTone[]; end: number }) {
  let top = 1;
  return parts.map((part, i) => {
    // What is there is seen, however little it is.
    const height = part > 0 ? Math.max(part / end, 0.008) : 0;
    top -= height;
    return (
      <rect
        key={i}
        x={at + 0.16}
        y={top}
        width={0.68}
        height={height}
        className={chartFills[tones[i] ?? 'main']}
      />
    );
  });
}

function spoken({ title, facts }: Bar): string {
  return `${title}: ${facts.map(([label, value]) => `${label} ${value}`).join(', ')}`;
}

function move(event: KeyboardEvent<HTMLElement>) {
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-bar]')];
  const at = places.indexOf(document.activeElement as HTMLElement);
  const to: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: places.length - 1,
  };
  const next = to[event.key];
  if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  places[Math.min(places.length - 1, Math.max(0, next))]?.focus();
}

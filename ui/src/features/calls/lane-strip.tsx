import { Link } from '@tanstack/react-router';
import { classes } from '@/lib/classes';
import { milliseconds } from '@/lib/format';
import type { Bar } from './lanes';

type Props = {
  lanes: number;
  index: number;
  bars: Bar[];
  /** The run that is lit, or all of them. */
  lit: string | undefined;
  onLight: (run: string | undefined) => void;
};

const colors: Record<string, string> = {
  running: 'bg-live',
  waiting: 'bg-wait',
  succeeded: 'bg-ok',
  failed: 'bg-bad',
  cancelled: 'bg-ink-mute',
};

/** The runs that went on beside one item of the axis: each a piece of a bar that goes on above and below. */
export function LaneStrip({ lanes, index, bars, lit, onLight }: Props) {
  return (
    <div className="flex items-stretch gap-1 pr-1">
      {Array.from({ length: lanes }, (_, lane) => {
        const bar = bars.find((each) => each.lane === lane);
        if (!bar) return <span key={lane} className="w-2" />;
        const { run, first, last } = bar;
        const on = lit === 'all' || lit === run.id;
        return (
          <Link
            key={lane}
            to="/runs/$runId"
            params={{ runId: run.id }}
            // The same run stands at its moment as a link with its name: once is enough for the keyboard.
            tabIndex={-1}
            aria-hidden="true"
            title={`${run.flow.name}: ${run.status}${run.ended_at ? `, ${milliseconds(run.duration_ms)}` : ''}`}
            onMouseEnter={(event) => {
              event.stopPropagation();
              onLight(run.id);
            }}
            className={classes(
              'w-2 transition-opacity',
              colors[run.status],
              index === first && 'mt-2 rounded-t',
              index === last && 'mb-1 min-h-3 rounded-b',
              on ? 'opacity-100' : 'opacity-45',
            )}
          />
        );
      })}
    </div>
  );
}

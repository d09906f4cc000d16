import { classes } from '@/lib/classes';
import { duration } from '@/lib/format';

/** Times since the run began, above the bars; the grid is that of the rows. */
export function TimeAxis({ ticks }: { ticks: { at: number; micros: number }[] }) {
  return (
    <div
      aria-hidden="true"
      className="hidden grid-cols-[minmax(7rem,30%)_minmax(0,1fr)_4.25rem] gap-x-2 border-b border-line px-4 sm:grid"
    >
      <span className="relative col-start-2 h-6 text-[0.6875rem] text-ink-mute">
        {ticks.map((tick) => (
          <span
            key={tick.at}
            style={{ left: `${tick.at * 100}%` }}
            className={classes('absolute top-1 whitespace-nowrap', tick.at > 0.85 && '-translate-x-full')}
          >
            {tick.micros === 0 ? '0' : duration(tick.micros)}
          </span>
        ))}
      </span>
    </div>
  );
}

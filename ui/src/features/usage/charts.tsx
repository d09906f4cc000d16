import type { UsageLine } from '@/lib/types';
import { DayBars } from './day-bars';
import { sum, used } from './meters';

type Props = { lines: UsageLine[]; zone: string };

/** One small chart for each thing that was used, all over the same days. */
export function Charts({ lines, zone }: Props) {
  return (
    <ul
      aria-label="Charts"
      className="grid grid-cols-2 gap-x-4 gap-y-5 sm:gap-x-6 lg:grid-cols-3 xl:grid-cols-4"
    >
      {used(lines).map((meter) => (
        <li key={meter.label} className="min-w-0">
          <p className="flex items-baseline justify-between gap-2">
            <span className="text-ink-soft">{meter.label}</span>
            <span className="font-medium tabular-nums">{meter.shown(sum(lines, meter))}</span>
          </p>
          <DayBars
            label={meter.label}
            zone={zone}
            days={lines.map((line) => ({ at: line.at ?? '', value: meter.of(line) }))}
            shown={meter.shown}
          />
        </li>
      ))}
    </ul>
  );
}

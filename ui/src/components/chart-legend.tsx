import { classes } from '@/lib/classes';
import { type ChartTone, chartColors } from './chart-tone';

/** What the colours of a chart mean. */
export function ChartLegend({ items }: { items: [tone: ChartTone, label: string][] }) {
  return (
    <ul aria-label="Colours" className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-mute">
      {items.map(([tone, label]) => (
        <li key={label} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={classes('size-2 rounded-[2px]', chartColors[tone])} />
          {label}
        </li>
      ))}
    </ul>
  );
}

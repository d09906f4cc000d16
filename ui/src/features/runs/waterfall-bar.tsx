import { classes } from '@/lib/classes';
import { duration } from '@/lib/format';
import type { Entry } from '@/lib/types';
import { phaseColors, phaseLabels, phasesOf } from './phases';
import type { Place, Span } from './waterfall';

/** The bar of one attempt, split into its phases; what took no measurable time is a thin mark. */
export function WaterfallBar({ bar }: { bar: Span & Place & { entry: Entry } }) {
  const parts = phasesOf(bar);
  const total = parts.reduce((sum, part) => sum + part.micros, 0);
  const title = parts.map((part) => `${phaseLabels[part.name]} ${duration(part.micros)}`).join(' · ');
  return (
    <span
      title={title}
      style={{ left: `min(${bar.left * 100}%, calc(100% - 4px))`, width: `max(4px, ${bar.width * 100}%)` }}
      className={classes(
        'absolute top-1/2 flex h-3 -translate-y-1/2 overflow-hidden rounded-[3px]',
        bar.entry.result === 'failed' && 'outline-2 outline-bad',
        bar.entry.result === 'unknown' && 'outline-2 outline-wait',
        total === 0 && 'bg-phase-own',
      )}
    >
      {parts.map((part) => (
        <span
          key={part.name}
          style={{ width: `${(part.micros / total) * 100}%` }}
          className={phaseColors[part.name]}
        />
      ))}
    </span>
  );
}

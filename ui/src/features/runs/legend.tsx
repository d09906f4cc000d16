import { classes } from '@/lib/classes';
import { type PhaseName, phaseColors, phaseHelp, phaseLabels } from './phases';

const order = Object.keys(phaseLabels) as PhaseName[];

/** What the colours of the bars mean: of those that are there, in the order in which they follow each other. */
export function Legend({ names }: { names: Set<PhaseName> }) {
  const shown = order.filter((name) => names.has(name));
  return (
    <ul aria-label="Colours of the bars" className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink-mute">
      {shown.map((name) => (
        <li key={name} title={phaseHelp[name]} className="flex items-center gap-1">
          <span aria-hidden="true" className={classes('size-2 rounded-[2px]', phaseColors[name])} />
          {phaseLabels[name]}
        </li>
      ))}
    </ul>
  );
}

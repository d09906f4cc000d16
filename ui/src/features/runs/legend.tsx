import { classes } from '@/lib/classes';
import { type PhaseName, phaseColors, phaseHelp, phaseLabels } from './phases';

const exchange: PhaseName[] = ['queue', 'own', 'dns', 'connect', 'tls', 'wait', 'body'];

/** What the colours of the bars mean. */
export function Legend({ exchanges }: { exchanges: boolean }) {
  const shown = exchanges ? exchange : exchange.slice(0, 2);
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

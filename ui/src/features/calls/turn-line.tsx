import { classes } from '@/lib/classes';
import type { Turn } from './axis';

const names: Record<string, string> = {
  agent: 'Agent',
  customer: 'Customer',
  system: 'System',
  tool: 'Tool',
  third_party: 'Third party',
};

export function TurnLine({ turn }: { turn: Turn }) {
  const quiet = turn.role === 'system' || turn.role === 'tool';
  return (
    <div className={classes('py-0.5', quiet && 'text-ink-mute')}>
      <span
        className={classes(
          'block text-xs font-medium',
          turn.role === 'agent' ? 'text-accent' : 'text-ink-mute',
        )}
      >
        {names[turn.role] ?? turn.role}
      </span>
      <p className="max-w-prose text-base whitespace-pre-wrap">{turn.text}</p>
    </div>
  );
}

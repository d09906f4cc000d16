import { Ban, CircleCheck, CircleDashed, CircleX, Clock, type LucideIcon, Play } from 'lucide-react';
import { classes } from '@/lib/classes';

export type Tone = 'ok' | 'bad' | 'wait' | 'live' | 'off';

type Known = { tone: Tone; icon: LucideIcon; label: string };

const known: Record<string, Known> = {
  running: { tone: 'live', icon: Play, label: 'Running' },
  waiting: { tone: 'wait', icon: Clock, label: 'Waiting' },
  succeeded: { tone: 'ok', icon: CircleCheck, label: 'Succeeded' },
  failed: { tone: 'bad', icon: CircleX, label: 'Failed' },
  cancelled: { tone: 'off', icon: Ban, label: 'Cancelled' },
};

export const tones: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok',
  bad: 'bg-bad-soft text-bad',
  wait: 'bg-wait-soft text-wait',
  live: 'bg-live-soft text-live',
  off: 'bg-inset text-ink-soft',
};

/** A run's status: never by colour alone. */
export function Status({ status }: { status: string }) {
  const {
    tone,
    icon: Icon,
    label,
  } = known[status] ?? { tone: 'off' as const, icon: CircleDashed, label: status };
  return (
    <span
      className={classes(
        'inline-flex h-6 items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      <Icon aria-hidden="true" className={classes('size-3.5', tone === 'live' && 'animate-pulse')} />
      {label}
    </span>
  );
}

import { Badge } from '@/components/badge';
import type { Tone } from '@/components/status';
import type { Destination } from '@/lib/types';

const known: Record<Destination['state'], { tone: Tone; label: string }> = {
  closed: { tone: 'ok', label: 'Sending' },
  open: { tone: 'bad', label: 'Failing: held back' },
  half_open: { tone: 'wait', label: 'Recovering' },
  limited: { tone: 'wait', label: 'At its limit' },
  paused: { tone: 'off', label: 'Paused' },
};

/** How a destination is doing, in a word: its breaker's state as people would say it. */
export function State({ state }: { state: Destination['state'] }) {
  const { tone, label } = known[state];
  return <Badge tone={tone}>{label}</Badge>;
}

import type { Destination } from '@/lib/types';
import type { Tone } from './status';

type Known = { tone: Tone; label: string; order: number };

/** How a destination is doing: its breaker's state as people would say it. Those in trouble come first. */
export const destinationStates: Record<Destination['state'], Known> = {
  open: { tone: 'bad', label: 'Failing: held back', order: 0 },
  paused: { tone: 'off', label: 'Paused', order: 1 },
  limited: { tone: 'wait', label: 'At its limit', order: 2 },
  half_open: { tone: 'wait', label: 'Recovering', order: 3 },
  closed: { tone: 'ok', label: 'Sending', order: 4 },
};

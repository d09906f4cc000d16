import type { Tone } from '@/components/status';

const tones: Record<string, Tone> = {
  initiated: 'live',
  ringing: 'live',
  'in-progress': 'live',
  completed: 'ok',
  ended: 'off',
  failed: 'bad',
  busy: 'wait',
  unanswered: 'wait',
};

export function toneOf(status: string): Tone {
  return tones[status] ?? 'off';
}

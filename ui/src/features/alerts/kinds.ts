import type { Tone } from '@/components/status';
import type { Alert } from '@/lib/types';

/** What each kind of alert is called. */
export const kinds: Record<Alert['kind'], { tone: Tone; label: string }> = {
  flow_failing: { tone: 'wait', label: 'Keeps failing' },
  flow_paused: { tone: 'bad', label: 'Paused' },
  webhook_gone: { tone: 'bad', label: 'Webhook gone' },
  destination_failing: { tone: 'bad', label: 'Does not answer' },
  agent_quiet: { tone: 'wait', label: 'Quiet' },
};

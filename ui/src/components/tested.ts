/** How the results of tested steps are called. */
import type { Tone } from './status';

const words: Record<string, [Tone, string]> = {
  ok: ['ok', 'ok'],
  failed: ['bad', 'failed'],
  skipped: ['off', 'skipped'],
  would_send: ['live', 'would be sent'],
  would_wait: ['wait', 'would wait'],
  unknown: ['wait', 'result unknown'],
};

export const describe = (result: string): { tone: Tone; label: string } => {
  const [tone, label] = words[result] ?? ['off', result.replaceAll('_', ' ')];
  return { tone, label };
};

import { Badge } from '@/components/badge';
import type { Tone } from '@/components/status';
import type { Arrival } from '@/lib/types';

const words: Record<Arrival['verdict'], [Tone, string]> = {
  accepted: ['ok', 'accepted'],
  duplicate: ['off', 'duplicate'],
  nothing: ['off', 'says nothing'],
  refused: ['bad', 'refused'],
};

/** What was made of a message. */
export function VerdictBadge({ verdict }: { verdict: Arrival['verdict'] }) {
  const [tone, word] = words[verdict];
  return <Badge tone={tone}>{word}</Badge>;
}

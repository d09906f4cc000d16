import { Badge } from '@/components/badge';
import { destinationStates } from '@/components/destination-state';
import type { Destination } from '@/lib/types';

/** How a destination is doing, in a word. */
export function State({ state }: { state: Destination['state'] }) {
  const { tone, label } = destinationStates[state];
  return <Badge tone={tone}>{label}</Badge>;
}

import { Badge } from '@/components/badge';
import type { EventDetail } from '@/lib/types';

type Props = { event: Pick<EventDetail, 'settled' | 'synthetic' | 'backfilled' | 'edited'> };

/** How an event came to be, where it did not just come in. */
export function EventBadges({ event: { settled, synthetic, backfilled, edited } }: Props) {
  return (
    <>
      {settled && <Badge tone="ok">settled</Badge>}
      {synthetic && <Badge tone="wait">concluded</Badge>}
      {backfilled && <Badge tone="wait">back-filled</Badge>}
      {edited && <Badge tone="wait">edited</Badge>}
    </>
  );
}

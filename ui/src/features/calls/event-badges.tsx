import { Badge } from '@/components/badge';

type Props = { event: { settled: boolean; synthetic: boolean; backfilled: boolean } };

/** How an event came to be, where it did not just come in. */
export function EventBadges({ event: { settled, synthetic, backfilled } }: Props) {
  return (
    <>
      {settled && <Badge tone="ok">settled</Badge>}
      {synthetic && <Badge tone="wait">concluded</Badge>}
      {backfilled && <Badge tone="wait">back-filled</Badge>}
    </>
  );
}

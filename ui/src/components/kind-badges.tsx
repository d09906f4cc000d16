import { useQuery } from '@tanstack/react-query';
import { kindsQuery } from '@/lib/server/kinds';
import { Badge } from './badge';

/** Kinds of events by the names that people know them by; the code of each on hover. */
export function KindBadges({ kinds }: { kinds: string[] }) {
  const known = useQuery(kindsQuery());
  return kinds.map((kind) => (
    <span key={kind} title={kind} className="inline-flex">
      <Badge>{known.data?.find((each) => each.kind === kind)?.title ?? kind}</Badge>
    </span>
  ));
}

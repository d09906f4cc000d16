import { Badge } from '@/components/badge';
import type { Connection } from '@/lib/types';

/** What the last trial said, in a word. */
export function Health({ tested }: { tested: Connection['tested'] }) {
  if (!tested) return <Badge>not tested</Badge>;
  if (tested.works === true) return <Badge tone="ok">works</Badge>;
  if (tested.works === false) return <Badge tone="bad">does not work</Badge>;
  return <Badge>nothing to test</Badge>;
}

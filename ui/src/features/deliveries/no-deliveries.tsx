import { ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { plural } from '@/lib/format';

type Props = {
  /** What looks at older runs, where there are some. */
  further: ReactNode;
  runs: number;
  onClear: (() => void) | undefined;
};

/** Why the list is empty, and what comes next. */
export function NoDeliveries({ further, runs, onClear }: Props) {
  if (further) {
    return (
      <Empty icon={<ArrowUpRight />} title={`Nothing in the last ${plural(runs, 'run')}`} action={further}>
        There are older runs that were not looked at yet.
      </Empty>
    );
  }
  if (onClear) {
    return (
      <Empty
        icon={<ArrowUpRight />}
        title="No delivery matches these filters"
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Take one away, or widen the time range.
      </Empty>
    );
  }
  return (
    <Empty icon={<ArrowUpRight />} title="Nothing went out yet">
      Requests, webhooks, mails and text messages of flows appear here as they are sent. Play a rehearsal call
      to see some.
    </Empty>
  );
}

import { RotateCcw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/button';
import { useMay } from '@/lib/may';
import type { DeliveryQuery } from '@/lib/server/deliveries';

export type ReplayDialog = (asked: { query: DeliveryQuery; open: boolean; onClose: () => void }) => ReactNode;

/** Does the runs again that failed at a delivery of this filter. */
export function ReplayFailed({ query, dialog }: { query: DeliveryQuery; dialog: ReplayDialog }) {
  const [asking, setAsking] = useState(false);
  const { why } = useMay('operate');
  const { result, ...filter } = query;
  const isNarrow = Object.keys(filter).length > 0;
  return (
    <>
      <Button
        icon={<RotateCcw aria-hidden="true" />}
        why={
          why ??
          (result && result !== 'failed'
            ? 'Choose failed deliveries first'
            : isNarrow
              ? undefined
              : 'Choose a destination, an answer, a flow or a time first')
        }
        onClick={() => setAsking(true)}
      >
        Replay the failed
      </Button>
      {dialog({ query: { ...filter, result: 'failed' }, open: asking, onClose: () => setAsking(false) })}
    </>
  );
}

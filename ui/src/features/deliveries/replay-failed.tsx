import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { type DeliveryQuery, useReplayDeliveries } from '@/lib/server/deliveries';
import { say } from '@/lib/toasts';

/** Does the runs again that failed at a delivery of this filter. */
export function ReplayFailed({ query }: { query: DeliveryQuery }) {
  const [asking, setAsking] = useState(false);
  const { why } = useMay('operate');
  const replay = useReplayDeliveries();
  const { result, ...filter } = query;
  const isNarrow = Object.keys(filter).length > 0;
  const where = filter.destination ?? 'any destination';
  const done = ({ replayed, skipped, more }: { replayed: number; skipped: number; more: boolean }) => {
    setAsking(false);
    const left = more ? ' There are more: ask again.' : '';
    say(`${plural(replayed, 'run')} started again`, `${skipped} stay as they are.${left}`);
  };
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
              : 'Choose a destination, a flow or a time first')
        }
        onClick={() => setAsking(true)}
      >
        Replay the failed
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        look="primary"
        title="Replay every failed run of this filter?"
        confirm="Replay them"
        busy={replay.isPending}
        error={replay.isError && <Failure error={replay.error} what="Not all were replayed" />}
        onConfirm={() => replay.mutate({ ...filter, result: 'failed' }, { onSuccess: done })}
      >
        Runs that failed at {where} go on from the step that failed, as new runs, with the version of the flow
        that they had. What went through before is not sent again. Runs that got over their failure are left
        alone.
      </Confirm>
    </>
  );
}

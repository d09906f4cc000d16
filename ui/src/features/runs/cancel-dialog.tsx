import { useRef, useState } from 'react';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { plural } from '@/lib/format';
import { type Done, useCancelMany, type Which } from '@/lib/server/runs';
import { say } from '@/lib/toasts';

type Props = { open: boolean; onClose: () => void; which: Which; onDone: () => void };

/** Cancels many runs at once, after a question. */
export function CancelDialog({ open, onClose, which, onDone }: Props) {
  const [progress, setProgress] = useState<Done>();
  const stopped = useRef(false);
  const cancel = useCancelMany(which, setProgress, () => stopped.current);
  const named = 'runs' in which;
  return (
    <Confirm
      open={open}
      onClose={() => {
        stopped.current = true;
        onClose();
      }}
      title={named ? `Cancel ${plural(which.runs.length, 'run')}?` : 'Cancel all that match?'}
      confirm="Cancel them"
      busy={cancel.isPending}
      error={cancel.isError && <Failure error={cancel.error} what="Not everything was cancelled" />}
      onConfirm={() => {
        stopped.current = false;
        cancel.mutate(undefined, {
          onSuccess: ({ done, skipped }) => {
            say(
              `${plural(done, 'run')} cancelled`,
              skipped > 0 ? `${plural(skipped, 'run')} had ended already.` : undefined,
            );
            onDone();
            onClose();
          },
        });
      }}
    >
      {named ? 'Those' : 'All runs that match the filters and'} that have not ended take no further step. What
      was sent already stays sent. A cancelled run can be replayed.
      {cancel.isPending && progress && <p role="status">{plural(progress.done, 'run')} cancelled …</p>}
    </Confirm>
  );
}

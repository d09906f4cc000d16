import { Ban, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { useMay } from '@/lib/may';
import { useCancel } from '@/lib/server/runs';
import type { Run } from '@/lib/types';
import { ReplayOne } from './replay-one';

/** Why a run cannot be replayed or cancelled now; nothing when it can. */
export function refusals(run: Pick<Run, 'status'>) {
  const over = run.status !== 'running' && run.status !== 'waiting';
  return {
    replay: over ? undefined : 'It has not ended yet; cancel it first',
    fromFailed: run.status === 'failed' ? undefined : 'No step of it failed',
    cancel: over ? `It has ended already (${run.status})` : undefined,
  };
}

/** Replay, with its choices and a look at what happens again, and cancel. */
export function RunActions({ run }: { run: Run }) {
  const cancel = useCancel(run.id);
  const [asking, setAsking] = useState<'replay' | 'cancel'>();
  const may = useMay('operate').why;
  const why = refusals(run);
  // A branch or an item is done again with the run that it is a part of.
  const isWhole = !run.part || run.part.kind === 'flow';
  const close = () => setAsking(undefined);
  return (
    <>
      {isWhole && (
        <Button
          icon={<RotateCcw aria-hidden="true" />}
          why={may ?? why.replay}
          onClick={() => setAsking('replay')}
        >
          Replay
        </Button>
      )}
      <Button
        look="danger"
        icon={<Ban aria-hidden="true" />}
        why={may ?? why.cancel}
        onClick={() => setAsking('cancel')}
      >
        Cancel
      </Button>
      {isWhole && (
        <ReplayOne run={run} open={asking === 'replay'} onClose={close} noFailed={why.fromFailed} />
      )}
      <Confirm
        open={asking === 'cancel'}
        onClose={close}
        title="Cancel this run?"
        confirm="Cancel the run"
        busy={cancel.isPending}
        error={cancel.isError && <Failure error={cancel.error} what="The run could not be cancelled" />}
        onConfirm={() => cancel.mutate(undefined, { onSuccess: close })}
      >
        No further step is taken. What was sent already stays sent. A cancelled run can be replayed.
      </Confirm>
    </>
  );
}

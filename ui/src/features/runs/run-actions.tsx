import { useNavigate } from '@tanstack/react-router';
import { Ban, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { type Item, Menu } from '@/components/menu';
import { useMay } from '@/lib/may';
import { type ReplayChoice, useCancel, useReplay } from '@/lib/server/runs';
import { say } from '@/lib/toasts';
import type { Run } from '@/lib/types';

/** Why a run cannot be replayed or cancelled now; nothing when it can. */
export function refusals(run: Pick<Run, 'status'>) {
  const over = run.status !== 'running' && run.status !== 'waiting';
  return {
    replay: over ? undefined : 'It has not ended yet; cancel it first',
    fromFailed: over
      ? run.status === 'failed'
        ? undefined
        : 'No step of it failed'
      : 'It has not ended yet; cancel it first',
    cancel: over ? `It has ended already (${run.status})` : undefined,
  };
}

/** Replay (from the start or the failed step, with the same or the latest version of the flow) and cancel. */
export function RunActions({ run }: { run: Run }) {
  const navigate = useNavigate();
  const replay = useReplay(run.id);
  const cancel = useCancel(run.id);
  const [asking, setAsking] = useState(false);
  const may = useMay('operate').why;
  const why = refusals(run);

  const start = (choice: ReplayChoice) =>
    replay.mutate(choice, {
      onSuccess: (next) => {
        say('Replay started', 'You are looking at the new run.');
        void navigate({ to: '/runs/$runId', params: { runId: next.id }, search: {} });
      },
    });
  const item = (label: string, choice: ReplayChoice, hint: string): Item => {
    const refused = choice.from === 'start' ? why.replay : why.fromFailed;
    const refusal = may ?? refused;
    return { label, hint: refusal ?? hint, disabled: Boolean(refusal), onSelect: () => start(choice) };
  };
  const same = `version ${run.flow.version}, as it ran`;
  const items = [
    item('From the failed step', { from: 'failed_step', version: 'same' }, `Keeps earlier results; ${same}`),
    item(
      'From the failed step, latest version',
      { from: 'failed_step', version: 'latest' },
      'Keeps earlier results; with your fix to the flow',
    ),
    item('From the start', { from: 'start', version: 'same' }, `Every step again; ${same}`),
    item(
      'From the start, latest version',
      { from: 'start', version: 'latest' },
      'Every step again; with the flow as it is now',
    ),
  ];

  return (
    <>
      <Menu
        label="Replay"
        items={items}
        trigger={
          <Button busy={replay.isPending} icon={<RotateCcw aria-hidden="true" />}>
            Replay
          </Button>
        }
      />
      <Button
        look="danger"
        icon={<Ban aria-hidden="true" />}
        why={may ?? why.cancel}
        onClick={() => setAsking(true)}
      >
        Cancel
      </Button>
      {replay.isError && (
        <div className="basis-full">
          <Failure error={replay.error} what="The replay could not be started" />
        </div>
      )}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title="Cancel this run?"
        confirm="Cancel the run"
        busy={cancel.isPending}
        error={cancel.isError && <Failure error={cancel.error} what="The run could not be cancelled" />}
        onConfirm={() => cancel.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        No further step is taken. What was sent already stays sent. A cancelled run can be replayed.
      </Confirm>
    </>
  );
}

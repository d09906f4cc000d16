import { useNavigate } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { type ReplayChoice, useReplay } from '@/lib/server/runs';
import { say } from '@/lib/toasts';
import type { Run } from '@/lib/types';
import { ReplayChoices } from './replay-choice';
import { ReplayEffects } from './replay-effects';

type Props = { run: Run; open: boolean; onClose: () => void; noFailed: string | undefined };

/** Replays one run, and opens the new one. */
export function ReplayOne({ run, open, onClose, noFailed }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title="Replay this run">
      {open && <Body run={run} onClose={onClose} noFailed={noFailed} />}
    </Dialog>
  );
}

function Body({ run, onClose, noFailed }: Omit<Props, 'open'>) {
  const navigate = useNavigate();
  const replay = useReplay(run.id);
  const [choice, setChoice] = useState<ReplayChoice>({
    from: noFailed ? 'start' : 'failed_step',
    version: 'same',
  });
  return (
    <>
      <ReplayChoices
        choice={choice}
        onChange={setChoice}
        noFailed={noFailed}
        same={`Version ${run.flow.version}`}
      />
      <ReplayEffects which={{ runs: [run.id] }} from={choice.from} />
      {replay.isError && <Failure error={replay.error} what="The replay could not be started" />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button
          look="primary"
          icon={<RotateCcw aria-hidden="true" />}
          busy={replay.isPending}
          onClick={() =>
            replay.mutate(choice, {
              onSuccess: (next) => {
                onClose();
                say('Replay started', 'You are looking at the new run.');
                void navigate({ to: '/runs/$runId', params: { runId: next.id }, search: {} });
              },
            })
          }
        >
          Start the replay
        </Button>
      </div>
    </>
  );
}

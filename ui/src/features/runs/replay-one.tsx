import { useNavigate } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { syntaxError } from '@/lib/json-place';
import { problemsOf } from '@/lib/problem';
import { type ReplayChoice, useReplay } from '@/lib/server/runs';
import { say } from '@/lib/toasts';
import type { NewEvent, Run } from '@/lib/types';
import { ReplayChoices } from './replay-choice';
import { ReplayEffects } from './replay-effects';
import { ReplayEvent } from './replay-event';

type Props = {
  run: Run;
  open: boolean;
  onClose: () => void;
  noFailed: string | undefined;
  /** With which step it begins, where one was chosen. */
  step?: string | undefined;
};

/** Replays one run, on the event that it saw or on an edited one, and opens the new one. */
export function ReplayOne({ open, onClose, ...rest }: Props) {
  return (
    <Dialog wide open={open} onClose={onClose} title="Replay this run">
      {open && <Body onClose={onClose} {...rest} />}
    </Dialog>
  );
}

function Body({ run, onClose, noFailed, step }: Omit<Props, 'open'>) {
  const navigate = useNavigate();
  const replay = useReplay(run.id);
  const [choice, setChoice] = useState<ReplayChoice>({
    from: step !== undefined ? { step } : noFailed ? 'start' : 'failed_step',
    version: 'same',
  });
  const [edited, setEdited] = useState<string>();
  const start = () =>
    replay.mutate(
      { ...choice, ...(edited !== undefined && { event: JSON.parse(edited) as NewEvent }) },
      {
        onSuccess: (next) => {
          onClose();
          say('Replay started', 'You are looking at the new run.');
          void navigate({ to: '/runs/$runId', params: { runId: next.id }, search: {} });
        },
      },
    );
  return (
    <>
      <ReplayChoices
        choice={choice}
        onChange={setChoice}
        noFailed={noFailed}
        step={step}
        same={`Version ${run.flow.version}`}
      />
      <ReplayEvent event={run.event} text={edited} problems={problemsOf(replay.error)} onChange={setEdited} />
      <ReplayEffects which={{ runs: [run.id] }} choice={choice} />
      {replay.isError && <Failure error={replay.error} what="The replay could not be started" />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button
          look="primary"
          icon={<RotateCcw aria-hidden="true" />}
          why={edited !== undefined && syntaxError(edited) ? 'The edited event is not JSON' : undefined}
          busy={replay.isPending}
          onClick={start}
        >
          Start the replay
        </Button>
      </div>
    </>
  );
}

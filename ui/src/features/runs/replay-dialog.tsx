import { RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { plural } from '@/lib/format';
import { type Done, type ReplayChoice, useReplayMany, type Which } from '@/lib/server/runs';
import { say } from '@/lib/toasts';
import { ReplayChoices } from './replay-choice';
import { ReplayEffects } from './replay-effects';

type Props = { open: boolean; onClose: () => void; which: Which; title: string; onDone: () => void };

/** Replays many runs: which, from where, with which version, and what happens to the world. */
export function ReplayDialog({ open, onClose, which, title, onDone }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      {open && <Body which={which} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function Body({ which, onClose, onDone }: Pick<Props, 'which' | 'onClose' | 'onDone'>) {
  const [choice, setChoice] = useState<ReplayChoice>({ from: 'failed_step', version: 'same' });
  const [progress, setProgress] = useState<Done>();
  const stopped = useRef(false);
  useEffect(
    () => () => {
      // However the dialog is closed: who closes it wants no more of them to start.
      stopped.current = true;
    },
    [],
  );
  const replay = useReplayMany(which, choice, setProgress, () => stopped.current);
  const start = () => {
    stopped.current = false;
    replay.mutate(undefined, {
      onSuccess: ({ done, skipped }) => {
        say(
          `${plural(done, 'replay')} started`,
          skipped > 0 ? `${plural(skipped, 'run')} left out.` : undefined,
        );
        onDone();
        onClose();
      },
    });
  };
  return (
    <>
      <ReplayChoices
        choice={choice}
        onChange={setChoice}
        noFailed={undefined}
        same="The version of each run"
      />
      <ReplayEffects which={which} choice={choice} />
      {replay.isError && <Failure error={replay.error} what="Not everything was replayed" />}
      <div className="flex items-center justify-end gap-2">
        {replay.isPending && (
          <span role="status" className="mr-auto text-ink-soft">
            {plural(progress?.done ?? 0, 'replay')} started …
          </span>
        )}
        <Button
          onClick={() => {
            stopped.current = true;
            if (!replay.isPending) onClose();
          }}
        >
          {replay.isPending ? 'Stop here' : 'Not now'}
        </Button>
        <Button
          look="primary"
          icon={<RotateCcw aria-hidden="true" />}
          busy={replay.isPending}
          onClick={start}
        >
          Replay
        </Button>
      </div>
    </>
  );
}

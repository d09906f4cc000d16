import { Link } from '@tanstack/react-router';
import { RotateCcw, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/button';
import { useMay } from '@/lib/may';
import type { Attempt, Run } from '@/lib/types';
import { ReplayOne } from './replay-one';
import { refusals } from './run-actions';

/** Why a replay cannot begin at this attempt; nothing when it can. */
function noReplay(run: Run, entry: Attempt): string | undefined {
  if (entry.result === 'skipped') return 'The step was skipped';
  if (entry.run !== run.id || (entry.rounds ?? []).length > 0)
    return 'It is inside of another step: choose that one';
  return refusals(run).replay;
}

/** What can be done with one attempt: the run again from its step on, or the step in the editor with what it had before it. */
export function AttemptActions({ run, entry }: { run: Run; entry: Attempt }) {
  const [asking, setAsking] = useState(false);
  const may = useMay('operate').why;
  const isWhole = !run.part || run.part.kind === 'flow';
  if (entry.kind === 'run') return null;
  return (
    <>
      {entry.run === run.id && (
        <Link
          to="/flows/$flowId"
          params={{ flowId: run.flow.id }}
          search={{ view: 'canvas', step: entry.step, run: run.id }}
          className={buttonClass('quiet', 'sm')}
        >
          <SquarePen aria-hidden="true" />
          Open in the editor
        </Link>
      )}
      {isWhole && (
        <>
          <Button
            size="sm"
            look="quiet"
            icon={<RotateCcw aria-hidden="true" />}
            why={may ?? noReplay(run, entry)}
            onClick={() => setAsking(true)}
          >
            Replay from here
          </Button>
          <ReplayOne
            run={run}
            open={asking}
            onClose={() => setAsking(false)}
            noFailed={refusals(run).fromFailed}
            step={entry.step}
          />
        </>
      )}
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { Button, buttonClass } from '@/components/button';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { Time } from '@/components/time';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { useCatchUp, useResumeFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow, Paused } from '@/lib/types';

const titles: Record<Paused['why'], string> = {
  failures: 'Paused after failing all the time',
  webhook_gone: 'Paused: its webhook is gone',
  budget: 'Paused: a budget is used up',
};

/** Why a flow starts no runs, the way back, and after it what was missed. */
export function PausedNotice({ flow }: { flow: Flow }) {
  const { why } = useMay('operate');
  const resume = useResumeFlow(flow.id);
  const catchUp = useCatchUp(flow.id);
  const missed = resume.data?.missed;
  const { paused } = flow;
  if (paused) {
    return (
      <Notice tone="bad" title={titles[paused.why]}>
        <p>
          {paused.why === 'budget' ? (
            <>
              It goes on, and catches up, when the budget begins anew or has room again. Resuming lets it go
              on for the rest of this period.
            </>
          ) : paused.why === 'webhook_gone' ? (
            <>
              <span className="font-mono text-xs break-all">{paused.address}</span> answered 410 Gone: it will
              never want this webhook again. Correct or remove the step first.
            </>
          ) : (
            <>{plural(paused.failures, 'run')} failed in a row. See why, correct it, then resume.</>
          )}{' '}
          Since <Time at={paused.since} /> events start no run; they are kept, and the flow can catch up with
          them.
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button
            look="primary"
            icon={<Play aria-hidden="true" />}
            busy={resume.isPending}
            why={why}
            onClick={() => resume.mutate(undefined, { onSuccess: () => say('Flow resumed') })}
          >
            Resume
          </Button>
          {paused.why === 'budget' ? (
            <Link to="/usage" className={buttonClass()}>
              Budgets
            </Link>
          ) : (
            <Link to="/runs" search={{ status: 'failed', flow: flow.id }} className={buttonClass()}>
              Failed runs
            </Link>
          )}
        </div>
        {resume.isError && <Failure error={resume.error} what="The flow was not resumed" />}
      </Notice>
    );
  }
  if (!missed) return null;
  const { from, to, events, more } = missed;
  const count = `${more ? 'More than ' : ''}${plural(events, 'event')}`;
  return (
    <Notice tone="ok" title="Resumed">
      {catchUp.isSuccess ? (
        <p>{plural(catchUp.data, 'run')} started on what came in meanwhile.</p>
      ) : events === 0 ? (
        <p>No event came in meanwhile that would have started it.</p>
      ) : (
        <>
          <p>{count} came in meanwhile that would have started it.</p>
          <Button
            className="mt-2"
            why={why}
            busy={catchUp.isPending}
            onClick={() => catchUp.mutate({ from, to })}
          >
            Start it on them now
          </Button>
        </>
      )}
      {catchUp.isError && <Failure error={catchUp.error} what="Not all of them were started" />}
    </Notice>
  );
}

import { Link } from '@tanstack/react-router';
import { buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import type { RunRow } from '@/lib/types';

type Props = { runs: RunRow[]; callId: string };

/** The runs that a call caused. */
export function CallRuns({ runs, callId }: Props) {
  return (
    <Panel
      flush
      title="Runs"
      actions={
        <Link to="/runs" search={{ call: callId }} className="rounded text-xs text-accent hover:underline">
          In the run list
        </Link>
      }
    >
      {runs.length === 0 ? (
        <Empty
          title="No flow matched this call"
          action={
            <>
              <Link
                to="/calls/$callId"
                params={{ callId }}
                search={{ tab: 'try' }}
                className={buttonClass('plain', 'sm')}
              >
                Try a flow on it
              </Link>
              <Link to="/flows/new" search={{ view: 'wizard' }} className={buttonClass('plain', 'sm')}>
                Make a flow
              </Link>
            </>
          }
        >
          Look at the trigger and the filters of your flows: which kind of event they start on, which agents,
          which outcomes.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {runs.map((run) => (
            <li key={run.id}>
              <Link
                to="/runs/$runId"
                params={{ runId: run.id }}
                className="flex items-center justify-between gap-3 px-4 py-2 outline-offset-[-2px] hover:bg-inset"
              >
                <span className="min-w-0">
                  <span className="block truncate font-medium">{run.flow.name}</span>
                  <span className="block truncate text-xs text-ink-mute">{run.error ?? run.event.kind}</span>
                </span>
                <Status status={run.status} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { Notice } from '@/components/notice';
import { StepOutcome } from '@/components/step-outcome';
import { Time } from '@/components/time';
import { plural } from '@/lib/format';
import type { Foreseen } from '@/lib/types';

type Flow = Foreseen['flows'][number];

const words: Record<NonNullable<Flow['report']>['status'], string> = {
  succeeded: 'would succeed',
  failed: 'would fail',
  stopped: 'would be stopped',
  not_started: 'would not start',
};

/** The moments that would be raised, and each flow with what it would send. */
export function ForeseenList({ foreseen }: { foreseen: Foreseen[] }) {
  const flows = foreseen.reduce((sum, moment) => sum + moment.flows.length, 0);
  if (foreseen.length === 0) {
    return (
      <Notice title="No moment of a call">
        What the message says is kept with its call; no flow starts.
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-soft">
        {plural(foreseen.length, 'moment')},{' '}
        {flows > 0 ? (
          `${plural(flows, 'run')}.`
        ) : (
          <>
            and no flow starts.{' '}
            <Link
              to="/flows/new"
              search={{ view: 'wizard' }}
              className="rounded text-accent underline underline-offset-2"
            >
              Create a flow
            </Link>{' '}
            that does something then.
          </>
        )}
      </p>
      <ol aria-label="What would happen" className="flex flex-col gap-3">
        {foreseen.map((moment, i) => (
          <li key={i} className="flex flex-col gap-2 border-l-2 border-line pl-3">
            <p className="flex flex-wrap items-center gap-2">
              <Link
                to="/developers/events"
                search={{ kind: moment.kind }}
                className="rounded font-mono text-xs hover:underline"
              >
                {moment.kind}
              </Link>
              {moment.asks && <Badge tone="live">somebody waits</Badge>}
              {moment.settled && <Badge>settled</Badge>}
              {moment.synthetic && <Badge tone="wait">by a timer</Badge>}
              <span className="text-xs text-ink-mute">
                <Time at={moment.at} />
              </span>
            </p>
            {moment.flows.map((flow) => (
              <FlowOutcome key={flow.id} flow={flow} />
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}

function FlowOutcome({ flow }: { flow: Flow }) {
  const { report } = flow;
  return (
    <section aria-label={flow.name} className="flex min-w-0 flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-2">
        <Link
          to="/flows/$flowId"
          params={{ flowId: flow.id }}
          search={{}}
          className="rounded font-medium hover:underline"
        >
          {flow.name}
        </Link>
        {report && (
          <Badge tone={report.status === 'succeeded' ? 'ok' : report.status === 'failed' ? 'bad' : 'off'}>
            {words[report.status]}
          </Badge>
        )}
        {!report && <span className="text-xs text-ink-mute">starts too; not tried out here</span>}
      </p>
      {report?.reason && <p className="text-xs text-ink-mute">{report.reason}</p>}
      {report?.steps.map((step, i) => (
        <StepOutcome key={i} result={step} startsOpen={false} />
      ))}
    </section>
  );
}

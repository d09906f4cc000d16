import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { Spinner } from '@/components/spinner';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { ApiProblem } from '@/lib/problem';
import { runOnCallQuery, useRunOnCall } from '@/lib/server/testing';
import { say } from '@/lib/toasts';
import type { FlowReport } from '@/lib/types';
import { WhyNot } from './why-not';

type Props = { callId: string; flow: { id: string; name: string; enabled: boolean }; onClose: () => void };

/** As many requests as leave the buttons in view. */
const SHOWN = 6;

/** Asks before a flow is run on a call, with what it would send and why the call has not started it. */
export function RunOnCall({ callId, flow, onClose }: Props) {
  const navigate = useNavigate();
  const effects = useQuery(runOnCallQuery(callId, flow.id));
  const run = useRunOnCall(callId);
  const refused = run.isError && ApiProblem.from(run.error).code === 'not_now';
  const anyway = refused || (effects.data?.whyNot.length ?? 0) > 0;
  // As switching it on does.
  const { why } = useMay(flow.enabled ? 'operate' : 'write');
  const start = () =>
    run.mutate(
      { flow: flow.id, anyway },
      {
        onSuccess: ({ id }) => {
          say('The run has begun');
          void navigate({ to: '/runs/$runId', params: { runId: id } });
        },
      },
    );
  return (
    <Confirm
      open
      onClose={onClose}
      title="Run it on this call?"
      confirm={anyway ? 'Run it anyway' : 'Run it'}
      cancel="Not now"
      busy={run.isPending}
      why={why}
      onConfirm={start}
      error={run.isError && <Failure error={run.error} what="The run did not begin" />}
    >
      <div className="flex flex-col gap-3">
        <p>“{flow.name}” runs as if the call had started it: with retries, and a journal that stays.</p>
        {why && !flow.enabled && (
          <Notice tone="wait" title="The flow is off">
            Whoever may switch it on may run it all the same. {why}
          </Notice>
        )}
        {effects.isError ? (
          <Failure error={effects.error} what="What it would send is not known" />
        ) : effects.data ? (
          <>
            {effects.data.whyNot.length > 0 && (
              <Notice tone="wait" title="By itself this call does not start it">
                <WhyNot reasons={effects.data.whyNot} />
              </Notice>
            )}
            <Sends report={effects.data.report} />
          </>
        ) : (
          <p role="status" className="flex items-center gap-2 text-ink-mute">
            <Spinner /> Finding out what it would send …
          </p>
        )}
      </div>
    </Confirm>
  );
}

function Sends({ report }: { report: FlowReport }) {
  const sends = report.steps.filter(({ result }) => result === 'would_send');
  if (sends.length === 0) return <p>It would send nothing.</p>;
  return (
    <section aria-label="What it would send" className="flex flex-col gap-2">
      <ul className="divide-y divide-line rounded-md border border-line">
        {sends.slice(0, SHOWN).map(({ path, action, request }, i) => (
          <li key={i} className="flex items-center gap-2 px-3 py-1.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-ink">{path}</span>
              <span className="block truncate text-xs text-ink-mute">{request?.url ?? action}</span>
            </span>
            {request?.method && <Badge mono>{request.method}</Badge>}
          </li>
        ))}
      </ul>
      {sends.length > SHOWN && <p>and {plural(sends.length - SHOWN, 'other request')}</p>}
      <p className="text-xs text-ink-mute">
        Found out with made-up answers: what others really answer may lead elsewhere.
      </p>
    </section>
  );
}

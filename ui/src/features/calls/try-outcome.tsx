import { Button } from '@/components/button';
import { CodeBlock } from '@/components/code-block';
import { Notice } from '@/components/notice';
import { StepOutcome } from '@/components/step-outcome';
import type { FlowReport } from '@/lib/types';
import { WhyNot } from './why-not';

type Props = { report: FlowReport; live: boolean; onAnyway: () => void };

const words: Record<FlowReport['status'], { tone: 'ok' | 'bad' | 'info'; dry: string; live: string }> = {
  succeeded: { tone: 'ok', dry: 'The run would succeed', live: 'The run succeeded' },
  failed: { tone: 'bad', dry: 'The run would fail', live: 'The run failed' },
  stopped: { tone: 'info', dry: 'The run would be stopped', live: 'The run was stopped' },
  not_started: { tone: 'info', dry: 'Not started', live: 'Not started' },
};

/** What came of a flow that was tried on a call. */
export function TryOutcome({ report, live, onAnyway }: Props) {
  const { tone, ...text } = words[report.status];
  return (
    <div role="status" className="flex flex-col gap-3">
      {report.status === 'not_started' ? (
        <Notice tone="wait" title="This call would not start the flow">
          <WhyNot reasons={report.why_not ?? []} />
          <Button size="sm" className="mt-2" onClick={onAnyway}>
            Try the steps anyway
          </Button>
        </Notice>
      ) : (
        <Notice tone={tone} title={live ? text.live : text.dry}>
          {report.reason}
        </Notice>
      )}
      {report.reply !== undefined && report.reply !== null && (
        <CodeBlock json text={JSON.stringify(report.reply, null, 2)} label="The answer" />
      )}
      <ol className="flex flex-col gap-2">
        {report.steps.map((step, i) => (
          <li key={i}>
            <StepOutcome result={step} startsOpen={i === 0 || step.result === 'failed'} />
          </li>
        ))}
      </ol>
    </div>
  );
}

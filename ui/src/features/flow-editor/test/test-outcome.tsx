import { Button } from '@/components/button';
import { CodeBlock } from '@/components/code-block';
import { Notice } from '@/components/notice';
import { StepOutcome } from '@/components/step-outcome';
import type { Doc } from '@/features/flow-editor/model/json';
import { PlaceLink } from '@/features/flow-editor/place-link';
import type { FlowReport, TestedStep } from '@/lib/types';
import { PinAnswer } from './pin-answer';
import { answerOf, isCut } from './results';

type Props = {
  result: FlowReport;
  only: string | undefined;
  /** Whether it was sent: the past tense then. */
  live: boolean;
  goTo: (at: string) => void;
  onAnyway: () => void;
  doc: Doc;
};

const words: Record<FlowReport['status'], { tone: 'ok' | 'bad' | 'info'; dry: string; live: string }> = {
  succeeded: { tone: 'ok', dry: 'The run would succeed', live: 'The run succeeded' },
  failed: { tone: 'bad', dry: 'The run would fail', live: 'The run failed' },
  stopped: { tone: 'info', dry: 'The run would be stopped', live: 'The run was stopped' },
  not_started: { tone: 'info', dry: 'Not started', live: 'Not started' },
};

/** What came of a test: whether the call starts the flow, how the run ends, each step. */
export function TestOutcome({ result, only, live, goTo, onAnyway, doc }: Props) {
  const { tone, ...text } = words[result.status];
  const steps = only ? result.steps.filter(({ step }) => step === only) : result.steps;
  return (
    <div role="status" className="flex flex-col gap-3">
      {result.status === 'not_started' ? (
        <Notice tone="wait" title="This call would not start the flow">
          <WhyNot result={result} doc={doc} goTo={goTo} />
          <Button size="sm" className="mt-2" onClick={onAnyway}>
            Try the steps anyway
          </Button>
        </Notice>
      ) : (
        !only && (
          <Notice tone={tone} title={live ? text.live : text.dry}>
            {result.reason}
          </Notice>
        )
      )}
      {result.reply !== undefined && result.reply !== null && (
        <section aria-label="The answer">
          <h3 className="mb-1 font-medium">The answer</h3>
          <CodeBlock json text={JSON.stringify(result.reply, null, 2)} label="The answer" />
        </section>
      )}
      <ol className="flex flex-col gap-2">
        {steps.map((step, i) => (
          <li key={i}>
            <StepOutcome
              result={step}
              startsOpen={only !== undefined || step.result === 'failed'}
              acts={step.flow === doc.name && pinOf(step)}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The filters that refused it, each with what it wanted and what it saw. */
function WhyNot({ result, doc, goTo }: Pick<Props, 'result' | 'doc' | 'goTo'>) {
  return (
    <ul className="flex flex-col gap-1">
      {(result.why_not ?? []).map(({ path, message }, i) => (
        <li key={i} className="flex flex-wrap gap-x-2">
          <PlaceLink doc={doc} path={path} onPlace={goTo} />
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}

function pinOf(step: TestedStep) {
  const answer = answerOf(step);
  return answer && <PinAnswer id={step.step} answer={answer} cut={isCut(step)} />;
}

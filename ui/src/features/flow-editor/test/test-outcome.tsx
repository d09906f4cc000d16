import { CodeBlock } from '@/components/code-block';
import { Notice } from '@/components/notice';
import { ProblemList } from '@/components/problem-list';
import type { Doc } from '@/features/flow-editor/model/json';
import { placeName } from '@/features/flow-editor/model/place-name';
import { plural } from '@/lib/format';
import type { TestResult } from '@/lib/server/testing';
import { StepOutcome } from './step-outcome';

type Props = { result: TestResult; only: string | undefined; goTo: (at: string) => void; doc: Doc };

const words: Record<string, { tone: 'ok' | 'bad' | 'info'; text: string }> = {
  succeeded: { tone: 'ok', text: 'The run would succeed' },
  failed: { tone: 'bad', text: 'The run would fail' },
  stopped: { tone: 'info', text: 'The run would be stopped' },
};

/** What came of a test: whether the call starts the flow, how the run ends, each step. */
export function TestOutcome({ result, only, goTo, doc }: Props) {
  const outcome = words[result.status] ?? { tone: 'info' as const, text: result.status };
  const steps = only ? result.steps.filter(({ step }) => step === only) : result.steps;
  return (
    <div role="status" className="flex flex-col gap-3">
      {!result.matched && !only && (
        <Notice tone="wait" title="This call would not start the flow">
          {result.why_not && result.why_not.length > 0 && (
            <ProblemList
              problems={result.why_not.map((each) => ({
                ...each,
                message: `${placeName(doc, each.path)}: ${each.message}`,
              }))}
              onPlace={goTo}
            />
          )}
          <p className="mt-1">The steps below are what it would do if it did.</p>
        </Notice>
      )}
      {!only && (
        <Notice tone={outcome.tone} title={outcome.text}>
          {result.reason}
        </Notice>
      )}
      {result.reply !== undefined && result.reply !== null && (
        <section aria-label="The answer">
          <h3 className="mb-1 font-medium">The answer</h3>
          <CodeBlock json text={JSON.stringify(result.reply, null, 2)} label="The answer" />
        </section>
      )}
      <h3 className="text-xs text-ink-mute">{plural(steps.length, 'step')}</h3>
      <ol className="flex flex-col gap-2">
        {steps.map((step, i) => (
          <li key={i}>
            <StepOutcome result={step} startsOpen={only !== undefined || step.result === 'failed'} />
          </li>
        ))}
      </ol>
    </div>
  );
}

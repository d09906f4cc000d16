import { FlaskConical } from 'lucide-react';
import { use } from 'react';
import { Button } from '@/components/button';
import { CodeBlock } from '@/components/code-block';
import { Failure } from '@/components/failure';
import { StepOutcome } from '@/components/step-outcome';
import { useAction } from '@/features/flow-editor/context';
import { textOf } from '@/features/flow-editor/model/json';
import { idOf, kindOf, type Step } from '@/features/flow-editor/model/steps';
import { TestContext } from '@/features/flow-editor/test/results';
import { useResult } from './context';

/** What the step gave in the last test; before one, what such an answer looks like. */
export function OutputColumn({ step }: { step: Step }) {
  const { results, testStep, busy, error } = use(TestContext);
  const result = results.get(idOf(step));
  const counted = useResult(idOf(step));
  const action = useAction(textOf(step.do));
  return (
    <section aria-label="Output" className="flex h-full max-h-[36rem] flex-col gap-2 overflow-y-auto p-3">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-xs font-medium text-ink-soft">
          {result ? 'What the last test gave' : 'What it gives'}
        </h3>
        <Button
          size="sm"
          look="quiet"
          icon={<FlaskConical aria-hidden="true" />}
          busy={busy}
          onClick={() => testStep(idOf(step), true)}
        >
          Test this step
        </Button>
      </div>
      {error ? <Failure error={error} what="The test did not run" /> : null}
      {result ? (
        <>
          {counted?.note && <p className="text-ink-soft">{counted.note}</p>}
          <StepOutcome key={idOf(step)} result={result} startsOpen />
        </>
      ) : kindOf(step) === 'do' && action ? (
        <>
          <p className="text-xs text-ink-mute">
            Such an answer is usual; a test shows what is sent, and this as <code>body</code>.
          </p>
          <CodeBlock json text={JSON.stringify(action.sample_answer, null, 2)} label="A usual answer" />
        </>
      ) : (
        <p className="text-xs text-ink-mute">A test shows what the step decides and keeps.</p>
      )}
    </section>
  );
}

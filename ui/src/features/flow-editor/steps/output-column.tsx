import { FlaskConical } from 'lucide-react';
import { use } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { StepOutcome } from '@/components/step-outcome';
import { ValueView } from '@/components/value-view';
import { useResult } from '@/features/flow-editor/canvas/context';
import { useAction } from '@/features/flow-editor/context';
import { textOf } from '@/features/flow-editor/model/json';
import { idOf, kindOf, type Step } from '@/features/flow-editor/model/steps';
import { PinAnswer } from '@/features/flow-editor/test/pin-answer';
import { answerOf, isCut, PinsContext, TestContext } from '@/features/flow-editor/test/results';
import { readBody } from '@/features/flow-editor/test/use-test';

/** What the step gave in the last test; before one, what such an answer looks like. */
export function OutputColumn({ step }: { step: Step }) {
  const { results, testStep, busy, error } = use(TestContext);
  const result = results.get(idOf(step));
  const counted = useResult(idOf(step));
  const action = useAction(textOf(step.do));
  const { pins } = use(PinsContext);
  const usual =
    kindOf(step) === 'do' && action ? { status: 200, body: JSON.stringify(action.sample_answer) } : undefined;
  const answer = (result && answerOf(result)) ?? pins[idOf(step)] ?? usual;
  return (
    <section
      aria-label="Output"
      className="flex h-full max-h-[36rem] flex-col gap-2 overflow-y-auto p-3 *:shrink-0"
    >
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
      ) : usual ? (
        <p className="text-xs text-ink-mute">
          {pins[idOf(step)] ? 'Tests take this pinned answer' : 'Such an answer is usual'}; a test shows what
          is sent, and this as <code>body</code>.
        </p>
      ) : (
        <p className="text-xs text-ink-mute">A test shows what the step decides and keeps.</p>
      )}
      {answer && kindOf(step) === 'do' && (
        <>
          <div className="-mx-2">
            <PinAnswer id={idOf(step)} answer={answer} cut={result !== undefined && isCut(result)} />
          </div>
          <ValueView value={readBody(answer.body)} label="its answer" />
        </>
      )}
    </section>
  );
}

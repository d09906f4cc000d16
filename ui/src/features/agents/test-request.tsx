import { FlaskConical } from 'lucide-react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { StepOutcome } from '@/components/step-outcome';
import { useMay } from '@/lib/may';
import { type Part, useTestAgent } from '@/lib/server/agents';
import type { TestedStep } from '@/lib/types';
import { useAgent } from './context';

/** Does an action now with sample data, and shows what was sent and what came back. */
export function TestRequest({ part, of }: { part: Part; of: string | undefined }) {
  const { id, changed } = useAgent();
  const test = useTestAgent(id, part);
  const step = test.data?.steps.findLast(({ action }) => action !== null);
  const may = useMay('write').why;
  const why = may ?? (changed || !of ? 'save the agent first' : undefined);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <Button
          size="sm"
          icon={<FlaskConical aria-hidden="true" />}
          busy={test.isPending}
          why={why}
          onClick={() => of && test.mutate(of)}
        >
          Make test request
        </Button>
        {!why && <span className="ml-2 text-xs text-ink-mute">It is really sent, with sample data.</span>}
      </div>
      {test.isError && <Failure error={test.error} what="The test could not be made" />}
      {step && <Outcome step={step} />}
    </div>
  );
}

function Outcome({ step }: { step: TestedStep }) {
  const { response, error } = step;
  const went = step.result === 'ok';
  return (
    <div role="status" className="flex flex-col gap-2">
      <Notice tone={went ? 'ok' : 'bad'} title={went ? 'It went out' : 'It did not go out well'}>
        {response && <p>The answer was {response.status}.</p>}
        {error && <p>{error.message}</p>}
      </Notice>
      <StepOutcome result={step} startsOpen={false} />
    </div>
  );
}

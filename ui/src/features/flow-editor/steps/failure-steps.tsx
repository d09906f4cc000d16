import { memo } from 'react';
import { type Json, listOf } from '@/features/flow-editor/model/json';
import { StepList } from './step-list';

/** What is done when the run has failed: nothing, unless steps are added. */
export const FailureSteps = memo(function FailureSteps({ steps }: { steps: Json | undefined }) {
  const all = listOf(steps);
  return (
    <section aria-labelledby="flow-failure" className="flex flex-col gap-2">
      <h2 id="flow-failure" className="font-medium">
        If the run fails
      </h2>
      <StepList
        steps={all}
        at="/on_failure"
        label="If the run fails"
        add={all.length > 0 ? 'Add a step' : 'Do something then'}
      />
    </section>
  );
});

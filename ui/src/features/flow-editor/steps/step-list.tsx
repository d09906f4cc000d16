import { memo } from 'react';
import { isObject, type Json } from '@/features/flow-editor/model/json';
import { idOf } from '@/features/flow-editor/model/steps';
import { AddStep } from './add-step';
import { StepCard } from './step-card';

type Props = { steps: Json[]; at: string; label: string; add?: string | null };

/** Keys that stay with their step: its id, told apart where one is used twice or missing. */
function keysOf(steps: Json[]): string[] {
  const seen = new Map<string, number>();
  return steps.map((step, i) => {
    const id = idOf(step) || `#${i}`;
    const times = seen.get(id) ?? 0;
    seen.set(id, times + 1);
    return times === 0 ? id : `${id}#${times}`;
  });
}

/** Steps in order, with places to add one before, between and behind. */
export const StepList = memo(function StepList({ steps, at, label, add = 'Add a step' }: Props) {
  const keys = keysOf(steps);
  return (
    <div className="flex flex-col">
      {steps.length > 0 && (
        <ol aria-label={label} className="flex flex-col">
          {steps.map((step, i) =>
            isObject(step) ? (
              // What is out of sight costs nothing while somebody types; what pops up where they type is not cut off.
              <li
                key={keys[i]}
                className="[content-visibility:auto] focus-within:[content-visibility:visible] [contain-intrinsic-size:auto_3.75rem] [overflow-clip-margin:0.25rem]"
              >
                {i > 0 && <AddStep list={at} index={i} label="Add a step here" quiet />}
                <StepCard step={step} list={at} index={i} of={steps.length} cardKey={keys[i] ?? ''} />
              </li>
            ) : null,
          )}
        </ol>
      )}
      {add !== null && (
        <div className={steps.length > 0 ? 'mt-2' : ''}>
          <AddStep list={at} index={steps.length} label={add} />
        </div>
      )}
    </div>
  );
});

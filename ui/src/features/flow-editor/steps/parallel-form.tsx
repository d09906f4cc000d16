import { NumberField } from '@/features/flow-editor/fields/number-field';
import { below, listOf } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';

/** Whether the last branch begins behind the others; shown where there are others. */
export function ParallelForm({ step, at }: { step: Step; at: string }) {
  if (listOf(step.parallel).length < 2 && step.last_within_s === undefined) return null;
  return (
    <NumberField
      at={below(at, 'last_within_s')}
      label="The last branch begins behind the others, at latest after"
      value={step.last_within_s}
      unit="seconds"
      min={1}
    />
  );
}

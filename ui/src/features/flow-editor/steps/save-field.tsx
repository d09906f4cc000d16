import { useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { PairsField } from '@/features/flow-editor/fields/pairs-field';
import { below } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';

/** What later steps know of the answer, by names of one's own. */
export function SaveField({ step, at, answer }: { step: Step; at: string; answer: unknown }) {
  const { set } = useEdit();
  const place = below(at, 'save');
  return (
    <Labelled at={place} label="Keep from the answer">
      {() => (
        <PairsField
          at={place}
          label="Keep from the answer"
          value={step.save}
          onChange={(next) => set(place, next)}
          values="Value"
          add="Keep a value"
          answer={answer}
        />
      )}
    </Labelled>
  );
}

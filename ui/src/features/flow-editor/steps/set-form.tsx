import { useEdit } from '@/features/flow-editor/context';
import { JsonField } from '@/features/flow-editor/fields/json-field';
import { below } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';

export function SetForm({ step, at }: { step: Step; at: string }) {
  const { set } = useEdit();
  const place = below(at, 'set');
  return (
    <JsonField
      at={place}
      label="Values"
      help="Later steps know them by their names; each sees those above it."
      value={step.set ?? {}}
      onChange={(next) => set(place, next)}
      secrets={false}
    />
  );
}

import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { useEdit, useMarks } from '@/features/flow-editor/context';
import { type Json, textOf } from '@/features/flow-editor/model/json';

/** What the flow is called. */
export function NameField({ name }: { name: Json | undefined }) {
  const { set } = useEdit();
  return (
    <div data-at="/name">
      <Field label="Name" error={useMarks('/name').problems[0]?.message}>
        {(ids) => (
          <Input
            {...ids}
            value={textOf(name)}
            placeholder="What people call it"
            maxLength={200}
            onChange={(event) => set('/name', event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}

import { Field } from './field';
import { Input } from './input';

/** What a version is about, for whoever reads the list of versions. */
export function NoteField({ value, onChange }: { value: string; onChange: (note: string) => void }) {
  return (
    <Field label="Note" help="Stands in the list of versions.">
      {(ids) => (
        <Input
          {...ids}
          maxLength={500}
          placeholder="What this version is about"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

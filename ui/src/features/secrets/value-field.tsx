import { Field } from '@/components/field';
import { Input } from '@/components/input';

type Props = { label: string; value: string; onChange: (value: string) => void };

/** The value of a secret: nobody reads it over a shoulder, and no browser fills in another. */
export function ValueField({ label, value, onChange }: Props) {
  return (
    <Field label={label}>
      {(ids) => (
        <Input
          {...ids}
          type="password"
          autoComplete="new-password"
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

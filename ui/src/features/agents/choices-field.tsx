import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { lines } from './settings';

type Props = {
  value: string[] | undefined;
  error: string | undefined;
  onChange: (choices: string[]) => void;
};

/** What can be chosen from; read when the field is left. */
export function ChoicesField({ value, error, onChange }: Props) {
  const text = (value ?? []).join(', ');
  return (
    <Field label="Choices" help="Separated by commas." error={error}>
      {(ids) => (
        <Input
          {...ids}
          key={text}
          autoComplete="off"
          placeholder="small, medium, large"
          defaultValue={text}
          onBlur={(event) => onChange(lines(event.target.value))}
        />
      )}
    </Field>
  );
}

import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { lines } from './settings';

type Props = {
  label?: string;
  help?: string;
  placeholder?: string;
  value: string[] | undefined;
  error: string | undefined;
  onChange: (choices: string[]) => void;
};

/** A list of words, such as what can be chosen from; read when the field is left. */
export function ChoicesField({
  label = 'Choices',
  help = 'Separated by commas.',
  placeholder = 'small, medium, large',
  value,
  error,
  onChange,
}: Props) {
  const text = (value ?? []).join(', ');
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <Input
          {...ids}
          key={text}
          autoComplete="off"
          placeholder={placeholder}
          defaultValue={text}
          onBlur={(event) => onChange(lines(event.target.value))}
        />
      )}
    </Field>
  );
}

import { Field } from '@/components/field';
import { Input } from '@/components/input';
import type { AuthField } from '@/lib/types';

type Props = {
  fields: AuthField[];
  values: Record<string, string>;
  disabled: boolean;
  /** What is needed can be put in later, once the platform has shown it. */
  later?: boolean;
  onChange: (values: Record<string, string>) => void;
};

/** What a platform's messages are checked with; which fields there are, the server says. */
export function AuthFields({ fields, values, disabled, later = false, onChange }: Props) {
  return fields.map((field) => (
    <Field
      key={field.name}
      label={
        field.required ? `${field.title}${later ? ' (can come later)' : ''}` : `${field.title} (optional)`
      }
      help={field.secret ? `${field.help} It is kept sealed and never shown again.` : field.help}
    >
      {(ids) => (
        <Input
          {...ids}
          type={field.secret ? 'password' : 'text'}
          autoComplete="off"
          required={field.required && !disabled && !later}
          disabled={disabled}
          value={values[field.name] ?? ''}
          onChange={(event) => onChange({ ...values, [field.name]: event.target.value })}
        />
      )}
    </Field>
  ));
}

import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import type { ConnectionKind } from '@/lib/types';

type Props = {
  field: ConnectionKind['fields'][number];
  value: string;
  /** A secret that is set already, and stays if nothing is typed. */
  kept: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
};

/** One field of a connection, by its type. */
export function ConnectionField({ field, value, kept, error, onChange }: Props) {
  const label = field.required || field.type === 'choice' ? field.label : `${field.label} (optional)`;
  return (
    <Field label={label} help={field.help} error={error}>
      {(ids) => {
        if (field.type === 'choice') {
          return (
            <Select
              {...ids}
              value={value || field.default || ''}
              onChange={(event) => onChange(event.target.value)}
            >
              {field.choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </Select>
          );
        }
        return (
          <Input
            {...ids}
            type={field.type === 'secret' ? 'password' : 'text'}
            inputMode={field.type === 'number' ? 'numeric' : undefined}
            autoComplete={field.type === 'secret' ? 'new-password' : 'off'}
            spellCheck={false}
            placeholder={kept ? 'unchanged' : (field.default ?? undefined)}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </Field>
  );
}

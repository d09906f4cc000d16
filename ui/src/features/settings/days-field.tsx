import { Field } from '@/components/field';
import { Input } from '@/components/input';

type Props = {
  label: string;
  help: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  /** What an empty field means; without it one is needed. */
  empty?: string;
};

/** A number of days from 1 to 3,650. */
export function DaysField({ label, help, value, onChange, error, empty }: Props) {
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <span className="flex items-center gap-2">
          <Input
            {...ids}
            type="number"
            min={1}
            max={3650}
            required={empty === undefined}
            placeholder={empty}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="w-32"
          />
          days
        </span>
      )}
    </Field>
  );
}

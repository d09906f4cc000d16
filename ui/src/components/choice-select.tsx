import { Select } from './select';

type Props = {
  label: string;
  /** Said where nothing is chosen. */
  any: string;
  value: string | undefined;
  /** Values, or values with what they are called. */
  choices: (string | [value: string, label: string])[];
  onChange: (value: string) => void;
  search?: boolean;
  /** What one is called that is in the address but unknown here. */
  unknown?: (value: string) => string;
  className?: string;
};

/** A filter with few values; one that is in the address but unknown here stays chosen. */
export function ChoiceSelect({
  label,
  any,
  value,
  choices,
  onChange,
  search,
  unknown = (each) => each,
  className = 'sm:max-w-52',
}: Props) {
  const pairs = choices.map((each) => (typeof each === 'string' ? ([each, each] as const) : each));
  const isUnknown = value && !pairs.some(([each]) => each === value);
  return (
    <Select
      data-search={search || undefined}
      aria-label={label}
      className={className}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{any}</option>
      {pairs.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
      {isUnknown && <option value={value}>{unknown(value)}</option>}
    </Select>
  );
}

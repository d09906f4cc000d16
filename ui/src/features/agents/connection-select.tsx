import { Select } from '@/components/select';

type Props = {
  ids: { id: string };
  names: string[];
  none: string;
  value: string | null | undefined;
  onChange: (name: string | null) => void;
};

/** One of some connections, or none; the one that is set is there also while it is not known. */
export function ConnectionSelect({ ids, names, none, value, onChange }: Props) {
  return (
    <Select {...ids} value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">{none}</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
      {value && !names.includes(value) && <option value={value}>{value}</option>}
    </Select>
  );
}

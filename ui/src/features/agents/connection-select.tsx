import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchChoice } from '@/components/search-choice';
import { Select } from '@/components/select';
import { connectionsQuery } from '@/lib/server/connections';

type Props = {
  ids: { id: string };
  label: string;
  /** Of which kinds they are. */
  kinds: string[];
  /** This one is chosen elsewhere. */
  without?: string;
  none: string;
  value: string | null | undefined;
  onChange: (name: string | null) => void;
};

/** One of the connections of some kinds, or none: a search in them where they are many. The one that is set is there also while it
 * is not known. */
export function ConnectionSelect({ ids, label, kinds, without, none, value, onChange }: Props) {
  const all = useInfiniteQuery(connectionsQuery());
  const namesOf = (found: { kind: string; name: string }[]) =>
    found.filter(({ kind, name }) => kinds.includes(kind) && name !== without).map(({ name }) => name);
  if (all.hasNextPage)
    return (
      <SearchChoice
        id={ids.id}
        label={label}
        any={none}
        value={value ?? undefined}
        chosen={value ?? undefined}
        query={connectionsQuery}
        options={(found) => namesOf(found).map((name) => [name, name])}
        onChange={(name) => onChange(name || null)}
      />
    );
  const names = namesOf(all.data ?? []);
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

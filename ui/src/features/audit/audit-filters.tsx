import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/badge';
import { ChoiceSelect } from '@/components/choice-select';
import { DateEnds } from '@/components/date-ends';
import { Filters } from '@/components/filters';
import { shortId } from '@/lib/format';
import { membersQuery } from '@/lib/server/members';
import { type AuditFilter, actions, kinds, readAuditFilter } from './filter';
import { noun, verb } from './words';

type Props = { filter: AuditFilter; onChange: (filter: AuditFilter) => void };

/** The filters of the audit log; every change stands in the URL at once. */
export function AuditFilters({ filter, onChange }: Props) {
  const members = useQuery(membersQuery());
  const set = (change: Record<string, string>) => onChange(readAuditFilter({ ...filter, ...change }));
  const known = [
    { id: 'root', name: 'Root key' },
    { id: 'system', name: 'Switchhook itself' },
    ...(members.data ?? []),
  ];
  return (
    <Filters
      label="Filter the audit log"
      isFiltered={Object.keys(filter).length > 0}
      onClear={() => onChange({})}
    >
      <ChoiceSelect
        search
        label="Who"
        any="Anybody"
        value={filter.by}
        choices={known.map(({ id, name }) => [id, name])}
        unknown={shortId}
        onChange={(by) => set({ by })}
      />
      <ChoiceSelect
        label="Action"
        any="Did anything"
        value={filter.action}
        choices={actions.map((action) => [action, verb(action)])}
        onChange={(action) => set({ action })}
      />
      <ChoiceSelect
        label="Kind of thing"
        any="Of any kind"
        value={filter.what}
        choices={kinds.map((kind) => [kind, noun(kind)])}
        onChange={(what) => set({ what })}
      />
      <DateEnds
        type="date"
        from={filter.from}
        to={filter.to}
        onChange={(end, value) => set({ [end]: value })}
      />
      {filter.id && <Badge mono>{shortId(filter.id)}</Badge>}
    </Filters>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/badge';
import { Filters } from '@/components/filters';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { shortId } from '@/lib/format';
import { membersQuery } from '@/lib/server/members';
import { type AuditFilter, actions, kinds, readAuditFilter } from './filter';
import { noun, verb } from './words';

type Props = { filter: AuditFilter; onChange: (filter: AuditFilter) => void };

/** The filters of the audit log; every change stands in the URL at once. */
export function AuditFilters({ filter, onChange }: Props) {
  const members = useQuery(membersQuery());
  const set = (change: Record<string, string>) => onChange(readAuditFilter({ ...filter, ...change }));
  const known = [{ id: 'root', name: 'Root key' }, ...(members.data ?? [])];
  return (
    <Filters
      label="Filter the audit log"
      isFiltered={Object.keys(filter).length > 0}
      onClear={() => onChange({})}
    >
      <Select
        data-search
        aria-label="Who"
        className="sm:max-w-48"
        value={filter.by ?? ''}
        onChange={(event) => set({ by: event.target.value })}
      >
        <option value="">Anybody</option>
        {known.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {filter.by && !known.some(({ id }) => id === filter.by) && (
          <option value={filter.by}>{shortId(filter.by)}</option>
        )}
      </Select>
      <Select
        aria-label="Action"
        value={filter.action ?? ''}
        onChange={(event) => set({ action: event.target.value })}
      >
        <option value="">Did anything</option>
        {actions.map((action) => (
          <option key={action} value={action}>
            {verb(action)}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Kind of thing"
        value={filter.what ?? ''}
        onChange={(event) => set({ what: event.target.value })}
      >
        <option value="">Of any kind</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {noun(kind)}
          </option>
        ))}
      </Select>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="flex items-center gap-1.5 text-ink-mute max-sm:col-span-2">
          <span className="max-sm:w-9">{end === 'from' ? 'From' : 'to'}</span>
          <Input
            type="date"
            className="max-sm:flex-1"
            value={filter[end] ?? ''}
            onChange={(event) => set({ [end]: event.target.value })}
          />
        </label>
      ))}
      {filter.id && <Badge mono>{shortId(filter.id)}</Badge>}
    </Filters>
  );
}

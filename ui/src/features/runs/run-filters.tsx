import { Badge } from '@/components/badge';
import { CallChoices } from '@/components/call-choices';
import { ChoiceSelect } from '@/components/choice-select';
import { Filters } from '@/components/filters';
import { ManySelect } from '@/components/many-select';
import { shortId } from '@/lib/format';
import { runStatuses } from '@/lib/run-status';
import { flowsQuery } from '@/lib/server/flows';
import type { RunRow } from '@/lib/types';
import { isFiltered, type RunFilter, readFilter } from './filter';

type Props = { filter: RunFilter; rows: RunRow[]; onChange: (filter: RunFilter) => void };

/** The filters of the run list; every change stands in the URL at once. */
export function RunFilters({ filter, rows, onChange }: Props) {
  const set = (change: Record<string, string>) => onChange(readFilter({ ...filter, ...change }));
  return (
    <Filters label="Filter runs" isFiltered={isFiltered(filter)} onClear={() => onChange({})}>
      <ChoiceSelect
        search
        label="Status"
        any="Any status"
        value={filter.status}
        choices={runStatuses.map((status) => [status, status[0]?.toUpperCase() + status.slice(1)])}
        onChange={(status) => set({ status })}
      />
      <ManySelect
        label="Flow"
        any="Any flow"
        value={filter.flow}
        query={flowsQuery}
        option={({ id, name }) => [id, name]}
        seen={rows.map(({ flow }) => [flow.id, flow.name])}
        unknown={shortId}
        onChange={(flow) => set({ flow })}
      />
      <ChoiceSelect
        label="Parts"
        any="Whole runs"
        value={filter.parts}
        choices={[['with', 'With branches and items']]}
        onChange={(parts) => set({ parts })}
      />
      <CallChoices filter={filter} seen={rows.map(({ call }) => call)} onChange={set} />
      {filter.parent && <Badge mono>parts of {shortId(filter.parent)}</Badge>}
      {filter.call && <Badge mono>call {shortId(filter.call)}</Badge>}
    </Filters>
  );
}

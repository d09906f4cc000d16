import { CallChoices } from '@/components/call-choices';
import { ChoiceSelect } from '@/components/choice-select';
import { Filters } from '@/components/filters';
import { namesOf } from '@/lib/names';
import type { CallRow } from '@/lib/types';
import { CallSearch } from './call-search';
import { ContactMatches } from './contact-matches';
import { type CallFilter, callStatuses, isFiltered, readCallFilter } from './filter';

type Props = { filter: CallFilter; rows: CallRow[]; onChange: (filter: CallFilter) => void };

/** The filters of the call list; every change stands in the URL at once. */
export function CallFilters({ filter, rows, onChange }: Props) {
  const set = (change: CallFilter) => onChange(readCallFilter({ ...filter, ...change }));
  return (
    <>
      <Filters label="Filter calls" isFiltered={isFiltered(filter)} onClear={() => onChange({})}>
        <CallSearch filter={filter} onChange={onChange} />
        <ChoiceSelect
          label="Status"
          any="Any status"
          value={filter.status}
          choices={callStatuses.map((status) => [status, status.replaceAll('_', ' ')])}
          onChange={(status) => set({ status })}
        />
        <ChoiceSelect
          label="Disposition"
          any="Any disposition"
          value={filter.disposition}
          choices={namesOf(rows.map((row) => row.disposition))}
          onChange={(disposition) => set({ disposition })}
        />
        <CallChoices filter={filter} seen={rows} onChange={set} />
      </Filters>
      {filter.find && <ContactMatches name={filter.find} onPick={(number) => set({ number, find: '' })} />}
    </>
  );
}

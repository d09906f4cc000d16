import { useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { useCallback, useId, useState } from 'react';
import { Button } from '@/components/button';
import { CallChoices } from '@/components/call-choices';
import { ChoiceSelect } from '@/components/choice-select';
import { FilterChips } from '@/components/filter-chips';
import { Filters } from '@/components/filters';
import { SearchBox } from '@/components/search-box';
import { namesOf } from '@/lib/names';
import { callChoicesQuery } from '@/lib/server/calls';
import type { CallRow } from '@/lib/types';
import { chipsOf } from './chips';
import { type CallFilter, callStatuses, isFiltered, readCallFilter } from './filter';
import { MoreFilters } from './more-filters';

type Props = { filter: CallFilter; rows: CallRow[]; onChange: (filter: CallFilter) => void };

/** The filters of the call list; every change stands in the URL at once. */
export function CallFilters({ filter, rows, onChange }: Props) {
  const choices = useQuery(callChoicesQuery()).data;
  const [more, setMore] = useState(false);
  const id = useId();
  const set = (change: Record<string, unknown>) => onChange(readCallFilter({ ...filter, ...change }));
  const search = useCallback((q: string) => onChange(readCallFilter({ ...filter, q })), [filter, onChange]);
  const seen = namesOf(rows.map((row) => row.disposition));
  const known = choices?.dispositions ?? [];
  return (
    <>
      <Filters label="Filter calls" isFiltered={isFiltered(filter)} onClear={() => onChange({})}>
        <SearchBox
          label="Search calls by number, contact or the platform’s id"
          placeholder="Number, contact or call id"
          value={filter.q ?? ''}
          onChange={search}
          className="col-span-2 sm:w-68"
        />
        <ChoiceSelect
          label="Status"
          any="Any status"
          value={filter.status}
          choices={callStatuses.map((status) => [status, status.replaceAll(/[_-]/g, ' ')])}
          onChange={(status) => set({ status })}
        />
        <ChoiceSelect
          label="Disposition"
          any="Any disposition"
          value={filter.disposition}
          choices={[...known, ...seen.filter((each) => !known.includes(each))]}
          onChange={(disposition) => set({ disposition })}
        />
        <CallChoices filter={filter} seen={rows} onChange={set} />
        <Button
          icon={<SlidersHorizontal aria-hidden="true" />}
          aria-expanded={more}
          aria-controls={id}
          onClick={() => setMore(!more)}
        >
          More filters
        </Button>
        <FilterChips
          chips={chipsOf(filter).map(({ label, without }) => ({ label, onRemove: () => onChange(without) }))}
        />
      </Filters>
      <div id={id} hidden={!more}>
        {more && <MoreFilters filter={filter} questions={choices?.questions ?? []} set={set} />}
      </div>
    </>
  );
}

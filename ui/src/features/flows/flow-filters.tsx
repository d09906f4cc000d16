import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { Filters } from '@/components/filters';
import { SearchBox } from '@/components/search-box';
import { Select } from '@/components/select';
import { kindsQuery } from '@/lib/server/kinds';
import { type FlowFilter, isFiltered, readFlowFilter } from './filter';

type Props = { filter: FlowFilter; onChange: (filter: FlowFilter) => void };

/** The filters of the flow list; they stand in the URL. */
export function FlowFilters({ filter, onChange }: Props) {
  const kinds = useQuery(kindsQuery());
  const set = (change: Record<string, string>) => onChange(readFlowFilter({ ...filter, ...change }));
  const search = useCallback((q: string) => onChange(readFlowFilter({ ...filter, q })), [filter, onChange]);
  return (
    <Filters
      label="Filter flows"
      isFiltered={isFiltered(filter)}
      onClear={() => onChange(readFlowFilter({ sort: filter.sort }))}
    >
      <SearchBox
        label="Search flows by name or key"
        placeholder="Search by name or key"
        value={filter.q ?? ''}
        onChange={search}
        className="col-span-2"
      />
      <Select
        aria-label="Moment"
        value={filter.trigger ?? ''}
        onChange={(event) => set({ trigger: event.target.value })}
      >
        <option value="">Any moment</option>
        {kinds.data?.map(({ kind, title }) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
        {filter.trigger && !kinds.data && <option value={filter.trigger}>{filter.trigger}</option>}
      </Select>
      <Select
        aria-label="On or off"
        value={filter.state ?? ''}
        onChange={(event) => set({ state: event.target.value })}
      >
        <option value="">On and off</option>
        <option value="on">On</option>
        <option value="off">Off</option>
      </Select>
      <Select
        aria-label="Standing"
        value={filter.is ?? ''}
        onChange={(event) => set({ is: event.target.value })}
      >
        <option value="">Any standing</option>
        <option value="failing">Failed in the last day</option>
        <option value="paused">Paused</option>
        <option value="draft">With a draft</option>
        <option value="kept">Kept by an agent or settings</option>
      </Select>
      <Select
        aria-label="Order"
        value={filter.sort ?? ''}
        onChange={(event) => set({ sort: event.target.value })}
      >
        <option value="">Newest first</option>
        <option value="updated">Changed last first</option>
        <option value="name">By name</option>
      </Select>
    </Filters>
  );
}

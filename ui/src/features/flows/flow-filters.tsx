import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Filters } from '@/components/filters';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { kindsQuery } from '@/lib/server/kinds';
import { type FlowFilter, isFiltered, readFlowFilter } from './filter';

type Props = { filter: FlowFilter; onChange: (filter: FlowFilter) => void };

const pause = 250;

/** The filters of the flow list; they stand in the URL. */
export function FlowFilters({ filter, onChange }: Props) {
  const kinds = useQuery(kindsQuery());
  const [words, setWords] = useState(filter.q ?? '');
  const set = (change: Record<string, string>) => onChange(readFlowFilter({ ...filter, ...change }));
  useEffect(() => setWords(filter.q ?? ''), [filter.q]);
  useEffect(() => {
    if (words.trim() === (filter.q ?? '')) return;
    const timer = setTimeout(() => onChange(readFlowFilter({ ...filter, q: words.trim() })), pause);
    return () => clearTimeout(timer);
  }, [words, filter, onChange]);
  return (
    <Filters
      label="Filter flows"
      isFiltered={isFiltered(filter)}
      onClear={() => onChange(readFlowFilter({ sort: filter.sort }))}
    >
      <Input
        data-search
        type="search"
        aria-label="Search flows by name or key"
        placeholder="Search by name or key"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        className="col-span-2 sm:w-60"
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

import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { type CallFilter, callStatuses, readCallFilter } from './filter';

type Props = { filter: CallFilter; onChange: (filter: CallFilter) => void };

export function CallFilters({ filter, onChange }: Props) {
  const [number, setNumber] = useState(filter.number ?? '');
  useEffect(() => setNumber(filter.number ?? ''), [filter.number]);
  return (
    <form
      role="search"
      aria-label="Filter calls"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(readCallFilter({ ...filter, number: number.trim() }));
      }}
      className="flex flex-wrap items-center gap-2"
    >
      <span className="relative">
        <Search
          aria-hidden="true"
          className="absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-mute"
        />
        <Input
          data-search
          type="search"
          aria-label="Telephone number"
          placeholder="Number, then Enter"
          value={number}
          onChange={(event) => {
            setNumber(event.target.value);
            if (event.target.value === '') onChange(readCallFilter({ ...filter, number: '' }));
          }}
          className="w-52 pl-8"
        />
      </span>
      <Select
        aria-label="Status"
        value={filter.status ?? ''}
        onChange={(event) => onChange(readCallFilter({ ...filter, status: event.target.value }))}
      >
        <option value="">Any status</option>
        {callStatuses.map((status) => (
          <option key={status} value={status}>
            {status.replaceAll('_', ' ')}
          </option>
        ))}
      </Select>
    </form>
  );
}

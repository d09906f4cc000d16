import { useInfiniteQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { shortId } from '@/lib/format';
import { flowsQuery } from '@/lib/server/flows';
import { isFiltered, type RunFilter, readFilter, statuses } from './filter';

type Props = { filter: RunFilter; onChange: (filter: RunFilter) => void };

/** The filters of the run list; every change stands in the URL at once. */
export function RunFilters({ filter, onChange }: Props) {
  const flows = useInfiniteQuery(flowsQuery());
  const set = (change: Record<string, string>) => onChange(readFilter({ ...filter, ...change }));
  return (
    <form
      role="search"
      aria-label="Filter runs"
      onSubmit={(event) => event.preventDefault()}
      className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-center"
    >
      <Select
        data-search
        aria-label="Status"
        value={filter.status ?? ''}
        onChange={(event) => set({ status: event.target.value })}
      >
        <option value="">Any status</option>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {status[0]?.toUpperCase() + status.slice(1)}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Flow"
        className="sm:max-w-60"
        value={filter.flow ?? ''}
        onChange={(event) => set({ flow: event.target.value })}
      >
        <option value="">Any flow</option>
        {flows.data?.map((flow) => (
          <option key={flow.id} value={flow.id}>
            {flow.name}
          </option>
        ))}
        {filter.flow && !flows.data?.some((flow) => flow.id === filter.flow) && (
          <option value={filter.flow}>{shortId(filter.flow)}</option>
        )}
      </Select>
      <label className="col-span-2 flex items-center gap-1.5 text-ink-mute">
        <span className="max-sm:w-9">From</span>
        <Input
          type="datetime-local"
          className="max-sm:flex-1"
          value={filter.from ?? ''}
          onChange={(event) => set({ from: event.target.value })}
        />
      </label>
      <label className="col-span-2 flex items-center gap-1.5 text-ink-mute">
        <span className="max-sm:w-9">to</span>
        <Input
          type="datetime-local"
          className="max-sm:flex-1"
          value={filter.to ?? ''}
          onChange={(event) => set({ to: event.target.value })}
        />
      </label>
      {filter.call && <Badge mono>call {shortId(filter.call)}</Badge>}
      {isFiltered(filter) && (
        <Button look="quiet" icon={<X aria-hidden="true" />} onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </form>
  );
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { DateRange } from '@/components/date-range';
import { Filters } from '@/components/filters';
import { Select } from '@/components/select';
import { shortId } from '@/lib/format';
import { destinationsQuery } from '@/lib/server/destinations';
import { flowsQuery } from '@/lib/server/flows';
import type { Delivery } from '@/lib/types';
import { type DeliveryFilter, readDeliveryFilter } from './filter';

type Props = { filter: DeliveryFilter; rows: Delivery[]; onChange: (filter: DeliveryFilter) => void };

const words: [Delivery['result'], string][] = [
  ['ok', 'Went through'],
  ['failed', 'Failed'],
  ['unknown', 'Not known'],
];

/** Where to, how it went, whose and when; every change stands in the URL at once. */
export function DeliveryFilters({ filter, rows, onChange }: Props) {
  const flows = useInfiniteQuery(flowsQuery());
  const destinations = useQuery({ ...destinationsQuery(), refetchInterval: false }).data ?? [];
  // A destination that is known by its connection is shown here by the address behind it.
  const addresses = destinations.map(({ name }) => name).filter((name) => /:\d+$/.test(name));
  const seen = [...addresses, ...rows.map(({ destination }) => destination)];
  const known = [...new Set(filter.destination ? [...seen, filter.destination] : seen)].sort();
  const set = (change: Record<string, string>) => onChange(readDeliveryFilter({ ...filter, ...change }));
  return (
    <Filters
      label="Filter deliveries"
      isFiltered={Object.keys(filter).length > 0}
      onClear={() => onChange({})}
    >
      <Select
        data-search
        aria-label="Destination"
        className="max-sm:col-span-2 sm:max-w-64"
        value={filter.destination ?? ''}
        onChange={(event) => set({ destination: event.target.value })}
      >
        <option value="">Any destination</option>
        {known.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Result"
        value={filter.result ?? ''}
        onChange={(event) => set({ result: event.target.value })}
      >
        <option value="">Any result</option>
        {words.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
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
      <DateRange
        {...(filter.from && { from: filter.from })}
        {...(filter.to && { to: filter.to })}
        onChange={set}
      />
    </Filters>
  );
}

import { useQuery } from '@tanstack/react-query';
import { ChoiceSelect } from '@/components/choice-select';
import { DateRange } from '@/components/date-range';
import { Filters } from '@/components/filters';
import { ManySelect } from '@/components/many-select';
import { shortId } from '@/lib/format';
import { destinationsQuery } from '@/lib/server/destinations';
import { flowsQuery } from '@/lib/server/flows';
import type { Delivery } from '@/lib/types';
import { answers, inWords } from './answers';
import { type DeliveryFilter, readDeliveryFilter } from './filter';

type Props = { filter: DeliveryFilter; rows: Delivery[]; onChange: (filter: DeliveryFilter) => void };

const words: [Delivery['result'], string][] = [
  ['ok', 'Went through'],
  ['failed', 'Failed'],
  ['unknown', 'Not known'],
];

/** Where to, how it went, whose and when; every change stands in the URL at once. */
export function DeliveryFilters({ filter, rows, onChange }: Props) {
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
      <ChoiceSelect
        search
        label="Destination"
        any="Any destination"
        className="max-sm:col-span-2 sm:max-w-64"
        value={filter.destination}
        choices={known}
        onChange={(destination) => set({ destination })}
      />
      <ChoiceSelect
        label="Result"
        any="Any result"
        value={filter.result}
        choices={words}
        onChange={(result) => set({ result })}
      />
      <ChoiceSelect
        label="Answer"
        any="Any answer"
        value={filter.answer}
        choices={answers(rows)}
        unknown={inWords}
        onChange={(answer) => set({ answer })}
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
      <DateRange from={filter.from} to={filter.to} onChange={set} />
    </Filters>
  );
}

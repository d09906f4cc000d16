import { useInfiniteQuery } from '@tanstack/react-query';
import { ChoiceSelect } from '@/components/choice-select';
import { DateRange } from '@/components/date-range';
import { Filters } from '@/components/filters';
import { namesOf } from '@/lib/names';
import { agentsQuery } from '@/lib/server/agents';
import { campaignsQuery } from '@/lib/server/campaigns';
import type { CallRow } from '@/lib/types';
import { CallSearch } from './call-search';
import { ContactMatches } from './contact-matches';
import { type CallFilter, callStatuses, isFiltered, readCallFilter } from './filter';

type Props = { filter: CallFilter; rows: CallRow[]; onChange: (filter: CallFilter) => void };

/** The filters of the call list; every change stands in the URL at once. */
export function CallFilters({ filter, rows, onChange }: Props) {
  const agents = useInfiniteQuery(agentsQuery());
  const campaigns = useInfiniteQuery(campaignsQuery());
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
          choices={namesOf(
            [],
            rows.map((row) => row.disposition),
          )}
          onChange={(disposition) => set({ disposition })}
        />
        <ChoiceSelect
          label="Agent"
          any="Any agent"
          value={filter.agent}
          choices={namesOf(
            agents.data,
            rows.map((row) => row.agent),
          )}
          onChange={(agent) => set({ agent })}
        />
        <ChoiceSelect
          label="Campaign"
          any="Any campaign"
          value={filter.campaign}
          choices={namesOf(
            campaigns.data,
            rows.map((row) => row.campaign),
          )}
          onChange={(campaign) => set({ campaign })}
        />
        <DateRange
          {...(filter.from && { from: filter.from })}
          {...(filter.to && { to: filter.to })}
          onChange={set}
        />
      </Filters>
      {filter.find && <ContactMatches name={filter.find} onPick={(number) => set({ number, find: '' })} />}
    </>
  );
}

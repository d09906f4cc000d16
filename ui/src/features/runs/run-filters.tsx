import { useInfiniteQuery } from '@tanstack/react-query';
import { Badge } from '@/components/badge';
import { ChoiceSelect } from '@/components/choice-select';
import { DateRange } from '@/components/date-range';
import { Filters } from '@/components/filters';
import { shortId } from '@/lib/format';
import { namesOf } from '@/lib/names';
import { agentsQuery } from '@/lib/server/agents';
import { campaignsQuery } from '@/lib/server/campaigns';
import { flowsQuery } from '@/lib/server/flows';
import type { RunRow } from '@/lib/types';
import { isFiltered, type RunFilter, readFilter, statuses } from './filter';

type Props = { filter: RunFilter; rows: RunRow[]; onChange: (filter: RunFilter) => void };

/** The filters of the run list; every change stands in the URL at once. */
export function RunFilters({ filter, rows, onChange }: Props) {
  const flows = useInfiniteQuery(flowsQuery());
  const agents = useInfiniteQuery(agentsQuery());
  const campaigns = useInfiniteQuery(campaignsQuery());
  const set = (change: Record<string, string>) => onChange(readFilter({ ...filter, ...change }));
  return (
    <Filters label="Filter runs" isFiltered={isFiltered(filter)} onClear={() => onChange({})}>
      <ChoiceSelect
        search
        label="Status"
        any="Any status"
        value={filter.status}
        choices={statuses.map((status) => [status, status[0]?.toUpperCase() + status.slice(1)])}
        onChange={(status) => set({ status })}
      />
      <ChoiceSelect
        label="Flow"
        any="Any flow"
        value={filter.flow}
        choices={(flows.data ?? []).map((flow) => [flow.id, flow.name])}
        unknown={shortId}
        onChange={(flow) => set({ flow })}
      />
      <ChoiceSelect
        label="Agent"
        any="Any agent"
        value={filter.agent}
        choices={namesOf(
          agents.data,
          rows.map((row) => row.call?.agent),
        )}
        onChange={(agent) => set({ agent })}
      />
      <ChoiceSelect
        label="Campaign"
        any="Any campaign"
        value={filter.campaign}
        choices={namesOf(
          campaigns.data,
          rows.map((row) => row.call?.campaign),
        )}
        onChange={(campaign) => set({ campaign })}
      />
      <DateRange
        {...(filter.from && { from: filter.from })}
        {...(filter.to && { to: filter.to })}
        onChange={set}
      />
      {filter.call && <Badge mono>call {shortId(filter.call)}</Badge>}
    </Filters>
  );
}

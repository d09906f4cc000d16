import { useInfiniteQuery } from '@tanstack/react-query';
import { namesOf } from '@/lib/names';
import type { Range } from '@/lib/ranges';
import { agentsQuery } from '@/lib/server/agents';
import { campaignsQuery } from '@/lib/server/campaigns';
import { ChoiceSelect } from './choice-select';
import { DateRange } from './date-range';

type Origin = { agent?: string | null; campaign?: string | null };
type Props = {
  filter: Range & { agent?: string; campaign?: string };
  /** The calls of the rows that are shown: their names can be chosen as well. */
  seen: (Origin | null | undefined)[];
  onChange: (change: Record<string, string>) => void;
};

/** Whose calls, and when: what lists of calls and of their runs are filtered by alike. */
export function CallChoices({ filter, seen, onChange }: Props) {
  const agents = useInfiniteQuery(agentsQuery());
  const campaigns = useInfiniteQuery(campaignsQuery());
  return (
    <>
      <ChoiceSelect
        label="Agent"
        any="Any agent"
        value={filter.agent}
        choices={namesOf(
          agents.data,
          seen.map((call) => call?.agent),
        )}
        onChange={(agent) => onChange({ agent })}
      />
      <ChoiceSelect
        label="Campaign"
        any="Any campaign"
        value={filter.campaign}
        choices={namesOf(
          campaigns.data,
          seen.map((call) => call?.campaign),
        )}
        onChange={(campaign) => onChange({ campaign })}
      />
      <DateRange from={filter.from} to={filter.to} onChange={onChange} />
    </>
  );
}

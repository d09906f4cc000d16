import { namesOf } from '@/lib/names';
import type { Range } from '@/lib/ranges';
import { agentsQuery } from '@/lib/server/agents';
import { campaignsQuery } from '@/lib/server/campaigns';
import { DateRange } from './date-range';
import { ManySelect, type Option } from './many-select';

type Origin = { agent?: string | null; campaign?: string | null };
type Props = {
  filter: Range & { agent?: string; campaign?: string };
  /** The calls of the rows that are shown: their names can be chosen as well. */
  seen: (Origin | null | undefined)[];
  onChange: (change: Record<string, string>) => void;
};

/** Whose calls, and when: what lists of calls and of their runs are filtered by alike. */
export function CallChoices({ filter, seen, onChange }: Props) {
  const pair = (name: string): Option => [name, name];
  return (
    <>
      <ManySelect
        label="Agent"
        any="Any agent"
        value={filter.agent}
        query={agentsQuery}
        option={({ name }) => pair(name)}
        seen={namesOf(seen.map((call) => call?.agent)).map(pair)}
        onChange={(agent) => onChange({ agent })}
      />
      <ManySelect
        label="Campaign"
        any="Any campaign"
        value={filter.campaign}
        query={campaignsQuery}
        option={({ name }) => pair(name)}
        seen={namesOf(seen.map((call) => call?.campaign)).map(pair)}
        onChange={(campaign) => onChange({ campaign })}
      />
      <DateRange from={filter.from} to={filter.to} onChange={onChange} />
    </>
  );
}

import type { Range } from '@/lib/ranges';
import { agentsQuery } from '@/lib/server/agents';
import { campaignsQuery } from '@/lib/server/campaigns';
import { DateRange } from './date-range';
import { ManySelect } from './many-select';

type Origin = { agent?: string | null; campaign?: string | null };
type Props = {
  filter: Range & { agent?: string; campaign?: string };
  /** The calls of the rows that are shown: their names can be chosen as well. */
  seen: (Origin | null | undefined)[];
  onChange: (change: Record<string, string>) => void;
};

/** Whose calls, and when: what lists of calls and of their runs are filtered by alike. */
export function CallChoices({ filter, seen, onChange }: Props) {
  const names = (all: (string | null | undefined)[]) =>
    [...new Set(all)].filter((name) => name != null).map((name): [string, string] => [name, name]);
  return (
    <>
      <ManySelect
        label="Agent"
        any="Any agent"
        value={filter.agent}
        query={agentsQuery}
        option={({ name }) => [name, name]}
        seen={names(seen.map((call) => call?.agent))}
        onChange={(agent) => onChange({ agent })}
      />
      <ManySelect
        label="Campaign"
        any="Any campaign"
        value={filter.campaign}
        query={campaignsQuery}
        option={({ name }) => [name, name]}
        seen={names(seen.map((call) => call?.campaign))}
        onChange={(campaign) => onChange({ campaign })}
      />
      <DateRange from={filter.from} to={filter.to} onChange={onChange} />
    </>
  );
}

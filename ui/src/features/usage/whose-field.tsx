import { useInfiniteQuery } from '@tanstack/react-query';
import { Field } from '@/components/field';
import { Select } from '@/components/select';
import { agentsQuery } from '@/lib/server/agents';
import { flowsQuery } from '@/lib/server/flows';
import type { BudgetSettings } from '@/lib/types';

type Props = {
  settings: BudgetSettings;
  set: (change: Partial<BudgetSettings>) => void;
  error: string | undefined;
};

/** Whose use a budget counts: everybody's, an agent's, or a flow's. */
export function WhoseField({ settings, set, error }: Props) {
  const [agents, flows] = [useInfiniteQuery(agentsQuery()), useInfiniteQuery(flowsQuery())];
  const { agent, flow } = settings;
  const names = [...new Set([...(agents.data ?? []).map((each) => each.name), ...(agent ? [agent] : [])])];
  const known = (flows.data ?? []).some((each) => each.id === flow);
  const choose = (value: string) => {
    const cut = value.indexOf(':');
    const [kind, which] = [value.slice(0, cut), value.slice(cut + 1)];
    set({ agent: kind === 'agent' ? which : null, flow: kind === 'flow' ? which : null });
  };
  return (
    <Field
      label="For"
      error={error}
      help="Of an agent, the flows that start on its calls alone can be stopped."
    >
      {(ids) => (
        <Select
          {...ids}
          value={agent ? `agent:${agent}` : flow ? `flow:${flow}` : 'all:'}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="all:">the whole workspace</option>
          <optgroup label="Agents">
            {names.map((name) => (
              <option key={name} value={`agent:${name}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="Flows">
            {flow && !known && <option value={`flow:${flow}`}>{flow}</option>}
            {(flows.data ?? []).map((each) => (
              <option key={each.id} value={`flow:${each.id}`}>
                {each.name}
              </option>
            ))}
          </optgroup>
        </Select>
      )}
    </Field>
  );
}

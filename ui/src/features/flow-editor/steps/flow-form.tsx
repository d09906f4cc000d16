import { useInfiniteQuery } from '@tanstack/react-query';
import { useEdit } from '@/features/flow-editor/context';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { PairsField } from '@/features/flow-editor/fields/pairs-field';
import { below } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';
import { flowsQuery } from '@/lib/server/flows';
import { SaveField } from './save-field';

/** Another flow, with what it is given and what is kept of it. */
export function FlowForm({ step, at }: { step: Step; at: string }) {
  const { set } = useEdit();
  const flows = useInfiniteQuery(flowsQuery());
  const names = (flows.data ?? []).map((flow) => flow.name);
  return (
    <div className="flex flex-col gap-4">
      <ChoiceField
        at={below(at, 'flow')}
        label="Flow"
        value={step.flow}
        options={[['', 'Choose a flow'], ...new Set(names)].map((name) =>
          typeof name === 'string' ? ([name, name] as const) : (name as [string, string]),
        )}
      />
      <Labelled at={below(at, 'with')} label="What it is given">
        {() => (
          <PairsField
            at={below(at, 'with')}
            label="What it is given"
            value={step.with}
            onChange={(next) => set(below(at, 'with'), next)}
            add="Give a value"
          />
        )}
      </Labelled>
      <SaveField step={step} at={at} answer={{}} />
    </div>
  );
}

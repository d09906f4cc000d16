import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { Panel } from '@/components/panel';
import { Select } from '@/components/select';
import type { AgentFlow, AgentVariable, ValueType } from '@/lib/types';
import { ChoicesField } from './choices-field';
import { useAgent, useProblem } from './context';
import { ExtractionPanel } from './extraction-panel';
import { replaced, types } from './settings';

/** What is to be found out in each call. */
export function VariablesTab({ flow }: { flow: AgentFlow | undefined }) {
  const { settings, set } = useAgent();
  const all = settings.variables ?? [];
  const put = (at: number, variable: AgentVariable | undefined) =>
    set({ variables: replaced(all, at, variable) });
  const add = (
    <Button
      icon={<Plus aria-hidden="true" />}
      onClick={() =>
        set({
          variables: [
            ...all,
            { name: '', type: 'text', description: '', required: false, confidential: false },
          ],
        })
      }
    >
      Add a variable
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-prose text-ink-soft">
        Values that are found out in each conversation. Flows see them as outcome.budget and the like; status
        (whether the goal was reached) and summary are always there.
      </p>
      <ExtractionPanel flow={flow} />
      {all.length === 0 ? (
        <Panel>
          <Empty title="No variables yet" action={add}>
            Say in plain words what to look for: “the most that the customer wants to spend, in dollars”.
          </Empty>
        </Panel>
      ) : (
        <>
          {all.map((variable, at) => (
            <VariableCard key={at} at={at} variable={variable} onChange={(next) => put(at, next)} />
          ))}
          <div>{add}</div>
        </>
      )}
    </div>
  );
}

type Props = {
  at: number;
  variable: AgentVariable;
  onChange: (variable: AgentVariable | undefined) => void;
};

function VariableCard({ at, variable, onChange }: Props) {
  const problem = useProblem();
  const wrong = (field: string) => problem(`/variables/${at}/${field}`);
  const name = variable.name || `variable ${at + 1}`;
  return (
    <Panel>
      <div role="group" aria-label={name} className="flex flex-col gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
          <Field label="Name" error={wrong('name')}>
            {(ids) => (
              <Input
                {...ids}
                maxLength={40}
                autoComplete="off"
                spellCheck={false}
                placeholder="budget"
                className="font-mono text-xs"
                value={variable.name}
                onChange={(event) => onChange({ ...variable, name: event.target.value })}
              />
            )}
          </Field>
          <Field label="Type">
            {(ids) => (
              <Select
                {...ids}
                value={variable.type ?? 'text'}
                onChange={(event) => onChange({ ...variable, type: event.target.value as ValueType })}
              >
                {types.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <IconButton
            label={`Remove ${name}`}
            icon={<Trash2 aria-hidden="true" />}
            className="sm:mt-6"
            onClick={() => onChange(undefined)}
          />
        </div>
        <Field label="What to look for" error={wrong('description')}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={2000}
              autoComplete="off"
              placeholder="The most that the customer wants to spend, in dollars"
              value={variable.description}
              onChange={(event) => onChange({ ...variable, description: event.target.value })}
            />
          )}
        </Field>
        <ChoicesField
          label="The platform calls it"
          help="Where its analysis has it under other names, separated by commas: the first that has a value counts."
          placeholder="lead_budget"
          value={variable.from}
          error={wrong('from')}
          onChange={(from) => onChange({ ...variable, from })}
        />
        {variable.type === 'choice' && (
          <ChoicesField
            value={variable.choices}
            error={wrong('choices')}
            onChange={(choices) => onChange({ ...variable, choices })}
          />
        )}
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={variable.required ?? false}
            onChange={(event) => onChange({ ...variable, required: event.target.checked })}
            className="size-4 accent-accent"
          />
          Every call should have it
        </label>
        <Confidential variable={variable} onChange={onChange} />
      </div>
    </Panel>
  );
}

/** Hiding more is an editor's; showing again is an administrator's. */
function Confidential({ variable, onChange }: Pick<Props, 'variable' | 'onChange'>) {
  return (
    <label className="flex items-start gap-2">
      <input
        type="checkbox"
        checked={variable.confidential ?? false}
        onChange={(event) => onChange({ ...variable, confidential: event.target.checked })}
        className="mt-0.5 size-4 accent-accent"
      />
      <span>
        Confidential
        <span className="block text-xs text-ink-mute">
          Hidden in calls, runs and exports until an administrator presses Show. Flows see it as ever; only
          administrators switch this off again.
        </span>
      </span>
    </label>
  );
}

import { useAction } from '@/features/flow-editor/context';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import { NumberField } from '@/features/flow-editor/fields/number-field';
import { TextField } from '@/features/flow-editor/fields/text-field';
import { below, objectOf, textOf } from '@/features/flow-editor/model/json';
import { kindOf, type Step } from '@/features/flow-editor/model/steps';
import { ConnectionField } from './connection-field';
import { Fold } from './fold';
import { IdField } from './id-field';

const retries = [
  ['attempts', 'Attempts', undefined, 5],
  ['first_s', 'First pause', 's', 2],
  ['factor', 'Each longer by', '×', 4],
  ['max_s', 'Longest pause', 's', 600],
] as const;

/** What every step has, and what a call to the world has besides. */
export function More({ step, at }: { step: Step; at: string }) {
  const kind = kindOf(step);
  const action = useAction(textOf(step.do));
  const isDo = kind === 'do';
  // Where one is needed it stands with what the step does.
  const hasAccount =
    isDo && !action?.needs_connection && (step.connection !== undefined || !!action?.connections.length);
  const mayFail = isDo || kind === 'flow' || kind === 'parallel';
  const retry = objectOf(step.retry);
  const names = [
    'note',
    ...(kind === 'stop' ? [] : ['run_when']),
    ...(mayFail ? ['on_error'] : []),
    ...(isDo ? ['timeout_s', 'retry', 'on_unknown'] : []),
    ...(hasAccount ? ['connection'] : []),
  ];
  return (
    <Fold at={at} label="More" names={['id', ...names]} given={{ ...step, id: null }}>
      <div className="grid gap-4 sm:grid-cols-[12rem_minmax(0,1fr)]">
        <IdField step={step} at={at} />
        <TextField at={below(at, 'note')} label="Note" value={step.note} placeholder="For people" />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {mayFail && (
          <ChoiceField
            at={below(at, 'on_error')}
            label="If it fails for good"
            value={step.on_error}
            options={[
              ['', 'The run fails'],
              ['continue', 'The flow goes on'],
            ]}
          />
        )}
        {kind !== 'stop' && (
          <ChoiceField
            at={below(at, 'run_when')}
            label="When it runs"
            value={step.run_when}
            options={[
              ['', 'If all before went well'],
              ['always', 'Always, even after a failure'],
            ]}
          />
        )}
        {isDo && (
          <ChoiceField
            at={below(at, 'on_unknown')}
            label="If it may have arrived"
            value={step.on_unknown}
            options={[
              ['', 'As usual for this action'],
              ['retry', 'Send it again'],
              ['stop', 'Never send it twice'],
            ]}
          />
        )}
        {hasAccount && (
          <ConnectionField
            at={below(at, 'connection')}
            value={step.connection}
            kinds={action?.connections ?? []}
            needed={false}
          />
        )}
      </div>
      {isDo && (
        <div className="flex flex-wrap gap-4">
          <NumberField
            at={below(at, 'timeout_s')}
            label="Time-out"
            value={step.timeout_s}
            unit="s"
            standard={action?.timeout_s ?? 15}
          />
          {retries.map(([name, label, unit, standard]) => (
            <NumberField
              key={name}
              at={below(at, 'retry', name)}
              label={label}
              value={retry[name]}
              standard={name === 'attempts' ? (action?.attempts ?? standard) : standard}
              {...(unit && { unit })}
            />
          ))}
        </div>
      )}
    </Fold>
  );
}

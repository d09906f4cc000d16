import { Plus } from 'lucide-react';
import { use, useState } from 'react';
import { Button } from '@/components/button';
import { Skeleton } from '@/components/skeleton';
import { ConditionField } from '@/features/flow-editor/condition/condition-field';
import { CatalogueContext, FoundContext, useAction, useEdit, useMarks } from '@/features/flow-editor/context';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import { below, objectOf, textOf } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';
import type { Action } from '@/lib/types';
import { ActionFieldInput } from './action-field-input';
import { arrange, isGroup, nameOf, paired } from './action-fields';
import { ActionGroup } from './action-group';
import { ConnectionField } from './connection-field';
import { SaveField } from './save-field';
import { UnknownFields } from './unknown-fields';

/** Fields that must be given though no one of them alone must, such as the text of a mail or its HTML. */
function useLacking(place: string, action: Action | undefined): string[] {
  const found = use(FoundContext);
  return (action?.fields ?? [])
    .filter(({ name }) => found.some(({ path }) => path === below(place, name)))
    .map(({ name, group }) => group ?? name);
}

/** A call to the world: the fields that its action describes. */
export function DoForm({ step, at }: { step: Step; at: string }) {
  const { actions } = use(CatalogueContext);
  const { set, goTo } = useEdit();
  const action = useAction(textOf(step.do));
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const given = objectOf(step.with);
  const place = below(at, 'with');
  const lacking = useLacking(place, action);
  const wrong = useMarks(below(at, 'do')).problems.length > 0;
  if (!actions) return <Skeleton rows={3} label="Loading the actions" />;
  const { fields, offered } = arrange(action?.fields ?? [], given, new Set([...asked, ...lacking]));
  const ask = (name: string, to: string) => {
    setAsked(new Set([...asked, name]));
    goTo(to, true);
  };
  const chip = (name: string, label: string, onClick: () => void) => (
    <Button key={name} size="sm" look="quiet" icon={<Plus aria-hidden="true" />} onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      {(!action || wrong) && (
        <ChoiceField
          at={below(at, 'do')}
          label="What it does"
          value={step.do}
          options={actions.map((each) => [each.name, each.label] as const)}
        />
      )}
      {action?.needs_connection && (
        <ConnectionField
          at={below(at, 'connection')}
          value={step.connection}
          kinds={action.connections}
          needed
        />
      )}
      {paired(fields).map((line) => (
        <div
          key={line.map(nameOf).join()}
          className={line.length > 1 ? 'grid gap-4 sm:grid-cols-[11rem_minmax(0,1fr)]' : ''}
        >
          {line.map((each) =>
            isGroup(each) ? (
              <ActionGroup key={each.label} group={each} at={place} given={given} />
            ) : (
              <ActionFieldInput
                key={each.name}
                field={each}
                at={below(place, each.name)}
                value={given[each.name]}
              />
            ),
          )}
        </div>
      ))}
      {action && <UnknownFields at={place} given={given} known={action.fields.map((field) => field.name)} />}
      {step.if !== undefined && (
        <ConditionField at={below(at, 'if')} label="Only if" value={step.if} optional />
      )}
      {(step.save !== undefined || asked.has('save')) && (
        <SaveField step={step} at={at} answer={action?.sample_answer} />
      )}
      <div className="-ml-2 flex flex-wrap gap-1">
        {offered.map((each) =>
          chip(nameOf(each), each.label, () =>
            ask(nameOf(each), isGroup(each) ? below(place, each.label) : below(place, each.name)),
          ),
        )}
        {step.save === undefined &&
          !asked.has('save') &&
          chip('save', 'Keep values from the answer', () => ask('save', below(at, 'save')))}
        {step.if === undefined &&
          chip('if', 'Only if …', () => {
            set(below(at, 'if'), '');
            goTo(below(at, 'if'), true);
          })}
      </div>
    </div>
  );
}

import { Plus } from 'lucide-react';
import { Button } from '@/components/button';
import { useAction } from '@/features/flow-editor/context';
import { type Doc, get, isObject, split, textOf } from '@/features/flow-editor/model/json';
import { wordsOf } from '@/features/flow-editor/model/starters';
import { kindOf, type Step } from '@/features/flow-editor/model/steps';
import { StepIcon } from '@/features/flow-editor/steps/icons';
import { StepBody } from '@/features/flow-editor/steps/step-body';
import { StepMenu } from '@/features/flow-editor/steps/step-menu';
import { StepParts } from '@/features/flow-editor/steps/step-parts';
import { NameField } from '@/features/flow-editor/trigger/name-field';
import { TriggerCard } from '@/features/flow-editor/trigger/trigger-card';
import type { Acts } from './context';
import { failure, when } from './shape';
import type { Chosen } from './use-place';

type Props = {
  doc: Doc;
  chosen: Chosen;
  settles: boolean | undefined;
  add: NonNullable<Acts['add']>;
};

/** What is chosen on the canvas, to be filled in. */
export function StepPanel({ doc, chosen, settles, add }: Props) {
  const { selected, places } = chosen;
  if (selected === when) {
    return (
      <div data-panel className="flex max-w-4xl flex-col gap-4">
        <NameField name={doc.name} />
        <TriggerCard on={doc.on} where={doc.where} settles={settles} />
      </div>
    );
  }
  if (selected === failure) {
    return (
      <section data-panel aria-label="If the run fails" className="rounded-lg border border-line p-4">
        <h2 className="font-medium">If the run fails</h2>
        <p className="mt-1 mb-3 text-ink-soft">
          These steps are done when the run has failed for good. They see what went wrong in{' '}
          <code>error</code>.
        </p>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          onClick={(event) => add({ list: '/on_failure', index: 0 }, event.currentTarget)}
        >
          Do something then
        </Button>
      </section>
    );
  }
  // A branch is filled in with the step that has it.
  const place = places.get(selected);
  const key = place?.what === 'head' ? place.inside.at(-1) : selected;
  const own = key === undefined ? undefined : places.get(key);
  const step = own?.what === 'step' ? get(doc, own.at) : undefined;
  if (own?.what !== 'step' || !isObject(step)) return null;
  return <OneStep key={key} step={step} at={own.at} of={own.of} />;
}

function OneStep({ step, at, of }: { step: Step; at: string; of: number }) {
  const kind = kindOf(step);
  const action = useAction(textOf(step.do));
  const label = kind === 'do' ? (action?.label ?? textOf(step.do)) : (wordsOf(kind)?.label ?? 'Unknown step');
  const id = textOf(step.id);
  return (
    <section
      data-panel
      data-step={at}
      aria-label={`Step ${id}: ${label}`}
      className="@container overflow-hidden rounded-lg border border-line"
    >
      <header className="flex min-h-10 items-center gap-2 border-b border-line px-4 py-1">
        <StepIcon kind={kind} action={textOf(step.do)} />
        <h2 data-at={at} tabIndex={-1} className="min-w-0 truncate font-medium outline-none">
          {label}
        </h2>
        <code className="min-w-0 flex-1 truncate font-mono text-xs text-ink-mute">{id}</code>
        <StepMenu step={step} at={at} index={Number(split(at)[1])} of={of} />
      </header>
      <StepParts step={step} at={at} wide>
        <div className="p-4">
          <StepBody step={step} at={at} alone />
        </div>
      </StepParts>
    </section>
  );
}

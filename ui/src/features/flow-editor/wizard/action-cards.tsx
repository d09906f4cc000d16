import { use } from 'react';
import { CatalogueContext, useEdit } from '@/features/flow-editor/context';
import { insertStep } from '@/features/flow-editor/model/edit';
import { listOf } from '@/features/flow-editor/model/json';
import { type KindWords, kindWords } from '@/features/flow-editor/model/starters';
import { AddStep } from '@/features/flow-editor/steps/add-step';
import { StepIcon } from '@/features/flow-editor/steps/icons';
import { useStepChoices } from '@/features/flow-editor/steps/use-step-choices';

/** What most people begin with; what they are called and do is the server's to say, and all others are behind one button. */
const usualActions = [
  'webhook.send',
  'http.request',
  'email.send',
  'sms.send',
  'sql.insert',
  'calendar.create',
  'llm.ask',
];
const usualKinds: KindWords['kind'][] = ['if', 'wait'];

type Card = {
  value: string;
  label: string;
  description: string;
  kind: KindWords['kind'] | 'do';
  action?: string;
};

/** Cards that put a step behind those that are there. */
export function ActionCards({ count, asks }: { count: number; asks: boolean }) {
  const { actions = [] } = use(CatalogueContext);
  const edit = useEdit();
  const { make } = useStepChoices();
  const steering = asks ? [...usualKinds, 'reply'] : usualKinds;
  const cards: Card[] = [
    ...usualActions
      .flatMap((name) => actions.filter((action) => action.name === name))
      .map(({ name, label, description }) => ({
        value: `do:${name}`,
        label,
        description,
        kind: 'do' as const,
        action: name,
      })),
    ...kindWords.filter(({ kind }) => steering.includes(kind)).map((each) => ({ ...each, value: each.kind })),
  ];
  const add = (value: string) => {
    const begin = make(value);
    edit.move((doc) => insertStep(doc, '/steps', listOf(doc.steps).length, begin(doc)), true);
  };
  return (
    <section aria-labelledby="wizard-add" className="flex flex-col gap-2">
      <h3 id="wizard-add" className="font-medium">
        {count === 0 ? 'First' : 'And then'}
      </h3>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {cards.map(({ value, label, description, kind, action }) => (
          <li key={value}>
            <button
              type="button"
              onClick={() => add(value)}
              className="flex h-full w-full gap-2.5 rounded-lg border border-line px-3 py-2.5 text-left hover:border-accent hover:bg-accent-soft"
            >
              <span className="mt-0.5">
                <StepIcon kind={kind} {...(action && { action })} />
              </span>
              <span className="min-w-0">
                <span className="block font-medium">{label}</span>
                <span className="block text-xs text-ink-soft">{description}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <AddStep list="/steps" index={count} label="Something else" />
    </section>
  );
}

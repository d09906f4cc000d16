import { ClipboardPaste } from 'lucide-react';
import { use, useMemo } from 'react';
import type { ChoiceGroup } from '@/components/finder';
import { CatalogueContext } from '@/features/flow-editor/context';
import { groupActions } from '@/features/flow-editor/model/action-groups';
import { copyWithFreshIds } from '@/features/flow-editor/model/ids';
import type { Doc } from '@/features/flow-editor/model/json';
import { kindWords, newAction, newStep } from '@/features/flow-editor/model/starters';
import { idOf, type Kind, type Step } from '@/features/flow-editor/model/steps';
import type { Action } from '@/lib/types';
import { clipboard } from './carry';
import { StepIcon } from './icons';

export type Make = (doc: Doc) => Step;

const none: Action[] = [];

/** All that can be added to a flow, as a menu shows it, and how each begins. */
export function useStepChoices() {
  const { actions = none } = use(CatalogueContext);
  // Several are put in by their key.
  const held = clipboard.steps.length === 1 ? clipboard.steps[0] : undefined;
  const fixed = useMemo(() => groupsOf(actions), [actions]);
  const groups = held ? [pasting(held), ...fixed] : fixed;
  const make = (value: string): Make => {
    const action = actions.find((each) => `do:${each.name}` === value);
    if (value === 'paste' && held) return (doc) => copyWithFreshIds(doc, held);
    if (action) return (doc) => newAction(doc, action.name, beginOf(action));
    return (doc) => newStep(doc, value as Exclude<Kind, 'do'>);
  };
  return { groups, make };
}

const begins: Partial<Record<Action['fields'][number]['type'], Step[string]>> = {
  pairs: {},
  json: {},
  files: [],
};

/** What the form of a new step begins with: what must be given. */
const beginOf = (action: Action): Step =>
  Object.fromEntries(
    action.fields.filter((field) => field.required).map((field) => [field.name, beginsWith(field)]),
  );

const beginsWith = (field: Action['fields'][number]) =>
  field.type === 'choice'
    ? (field.choices[0]?.value ?? '')
    : Array.isArray(field.example) && field.type === 'json'
      ? []
      : (begins[field.type] ?? '');

const pasting = (held: Step): ChoiceGroup => ({
  label: 'Clipboard',
  items: [
    {
      value: 'paste',
      label: `Paste “${idOf(held) || 'step'}”`,
      icon: <ClipboardPaste aria-hidden="true" />,
    },
  ],
});

const groupsOf = (actions: Action[]): ChoiceGroup[] => [
  ...groupActions(actions).map((group) => ({
    label: group.label,
    items: group.actions.map((action) => ({
      value: `do:${action.name}`,
      label: action.label,
      hint: action.description,
      words: `${action.name} ${group.label}`,
      icon: <StepIcon kind="do" action={action.name} />,
    })),
  })),
  {
    label: 'Steer the flow',
    items: kindWords.map(({ kind, label, description }) => ({
      value: kind,
      label,
      hint: description,
      words: kind,
      icon: <StepIcon kind={kind} />,
    })),
  },
];

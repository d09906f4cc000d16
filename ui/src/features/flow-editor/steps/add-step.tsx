import { ClipboardPaste, Plus } from 'lucide-react';
import { type DragEvent, memo, use, useState } from 'react';
import { buttonClass } from '@/components/button';
import { type ChoiceGroup, Picker } from '@/components/picker';
import { CatalogueContext, useEdit } from '@/features/flow-editor/context';
import { insertStep, moveStep } from '@/features/flow-editor/model/edit';
import { copyWithFreshIds } from '@/features/flow-editor/model/ids';
import type { Doc } from '@/features/flow-editor/model/json';
import { kindWords, newAction, newStep } from '@/features/flow-editor/model/starters';
import type { Kind, Step } from '@/features/flow-editor/model/steps';
import { classes } from '@/lib/classes';
import type { Action } from '@/lib/types';
import { clipboard, dragType } from './carry';
import { StepIcon } from './icons';

type Props = { list: string; index: number; label: string; quiet?: boolean };

/** A place where a step can be put: chosen from what there is, pasted, or dropped. */
export const AddStep = memo(function AddStep({ list, index, label, quiet = false }: Props) {
  const edit = useEdit();
  const { actions = [] } = use(CatalogueContext);
  const [over, setOver] = useState(false);
  const held = clipboard.step;
  const add = (make: (doc: Doc) => Step) => edit.move((doc) => insertStep(doc, list, index, make(doc)), true);
  const groups: ChoiceGroup[] = [
    {
      label: 'Clipboard',
      items: held
        ? [
            {
              value: 'paste',
              label: `Paste “${String(held.id ?? 'step')}”`,
              icon: <ClipboardPaste aria-hidden="true" />,
            },
          ]
        : [],
    },
    {
      label: 'Do something',
      items: actions.map((action) => ({
        value: `do:${action.name}`,
        label: action.label,
        hint: action.description,
        words: action.name,
        icon: <StepIcon kind="do" />,
      })),
    },
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
  ].filter((group) => group.items.length > 0);
  const pick = (value: string) => {
    const action = actions.find((each) => `do:${each.name}` === value);
    if (value === 'paste' && held) add((doc) => copyWithFreshIds(doc, held));
    else if (action) add((doc) => newAction(doc, action.name, beginOf(action)));
    else add((doc) => newStep(doc, value as Exclude<Kind, 'do'>));
  };
  const drop = (event: DragEvent) => {
    const from = event.dataTransfer.getData(dragType);
    setOver(false);
    if (!from) return;
    event.preventDefault();
    edit.move((doc) => moveStep(doc, from, list, index));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for pointers; Alt and arrows, and the menu, move by keyboard
    <div
      data-at={quiet ? undefined : list}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classes(
        'relative flex items-center rounded',
        quiet ? 'group/gap h-4 justify-center' : 'py-0.5',
        over && 'bg-accent-soft outline-2 outline-accent',
      )}
    >
      {quiet && <span className="absolute inset-x-2 h-px bg-line opacity-0 group-hover/gap:opacity-100" />}
      <Picker
        label="Steps"
        moves
        groups={groups}
        onPick={pick}
        empty="There is no such step."
        trigger={
          quiet ? (
            <button
              type="button"
              aria-label={label}
              title={label}
              className="relative grid size-5 place-items-center rounded-full border border-line bg-surface text-ink-mute opacity-0 group-hover/gap:opacity-100 hover:border-accent hover:text-accent focus-visible:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100"
            >
              <Plus aria-hidden="true" className="size-3" />
            </button>
          ) : (
            <button type="button" className={buttonClass('plain', 'sm')}>
              <Plus aria-hidden="true" />
              {label}
            </button>
          )
        }
      />
    </div>
  );
});

/** What the form of a new step begins with: what must be given. */
const beginOf = (action: Action): Step =>
  Object.fromEntries(action.fields.filter((field) => field.required).map((field) => [field.name, '']));

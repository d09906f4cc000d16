import { Plus } from 'lucide-react';
import { type DragEvent, memo, useState } from 'react';
import { buttonClass } from '@/components/button';
import { Picker } from '@/components/picker';
import { useEdit } from '@/features/flow-editor/context';
import { insertStep, moveStep } from '@/features/flow-editor/model/edit';
import { classes } from '@/lib/classes';
import { dragType } from './carry';
import { useStepChoices } from './use-step-choices';

type Props = { list: string; index: number; label: string; quiet?: boolean };

/** A place where a step can be put: chosen from what there is, pasted, or dropped. */
export const AddStep = memo(function AddStep({ list, index, label, quiet = false }: Props) {
  const edit = useEdit();
  const [over, setOver] = useState(false);
  // Opened, it looks at what was copied meanwhile.
  const [open, setOpen] = useState(false);
  const { groups, make } = useStepChoices();
  const pick = (value: string) => {
    const begin = make(value);
    edit.move((doc) => insertStep(doc, list, index, begin(doc)), true);
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
        open={open}
        onOpen={setOpen}
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

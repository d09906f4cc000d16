import { useMemo, useRef, useState } from 'react';
import { Picker } from '@/components/picker';
import { useEdit } from '@/features/flow-editor/context';
import { insertStep } from '@/features/flow-editor/model/edit';
import { useStepChoices } from '@/features/flow-editor/steps/use-step-choices';

type Place = { list: string; index: number };

/** Where a step is being added, and beside which element that is asked. */
export function useAddMenu() {
  const [place, setPlace] = useState<Place>();
  const beside = useRef<HTMLElement>(null);
  return useMemo(
    () => ({
      place,
      beside,
      open: (next: Place, element: Element) => {
        beside.current = element as HTMLElement;
        setPlace(next);
      },
      close: () => setPlace(undefined),
    }),
    [place],
  );
}

/** The searchable list of what can be added: one for the whole canvas. */
export function AddMenu({ menu }: { menu: ReturnType<typeof useAddMenu> }) {
  const edit = useEdit();
  const { groups, make } = useStepChoices();
  const { place, beside, close } = menu;
  return (
    <Picker
      label="Steps"
      moves
      groups={groups}
      open={place !== undefined}
      onOpen={(open) => !open && close()}
      anchor={beside}
      focusAfter={beside}
      empty="There is no such step."
      onPick={(value) => {
        const begin = make(value);
        if (place) edit.move((doc) => insertStep(doc, place.list, place.index, begin(doc)), true);
      }}
    />
  );
}

import { Braces } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { buttonClass } from '@/components/button';
import { Picker } from '@/components/picker';
import { type Asked, useChoices } from './use-choices';

type Props = {
  asked: Asked;
  /** Puts a choice into the text. */
  onPick: (value: string) => void;
  field: RefObject<HTMLElement | null>;
};

/** Every value that can stand here, with what it is in the sample; choosing one puts it at the cursor. */
export function ValuePicker({ asked, onPick, field }: Props) {
  const [open, setOpen] = useState(false);
  const { groups, lack } = useChoices(asked, open);
  return (
    <Picker
      mono
      label={asked.filter ? 'Filters' : 'Values'}
      groups={groups}
      onPick={onPick}
      open={open}
      onOpen={setOpen}
      focusAfter={field}
      empty={lack}
      trigger={
        <button
          type="button"
          aria-label="Insert a value"
          title="Insert a value (Ctrl+Space)"
          className={`${buttonClass('quiet', 'sm', true)} [&_svg]:size-3.5`}
        >
          <Braces aria-hidden="true" />
        </button>
      }
    />
  );
}

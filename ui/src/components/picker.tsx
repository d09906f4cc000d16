import { Popover } from '@base-ui/react/popover';
import { type ReactElement, type ReactNode, type RefObject, useRef, useState } from 'react';
import { type Choice, type ChoiceGroup, Finder } from './finder';

type Props = {
  trigger?: ReactElement;
  /** Beside what it opens, where no trigger of its own opens it. */
  anchor?: RefObject<Element | null>;
  label: string;
  groups: ChoiceGroup[];
  onPick: (value: string) => void;
  open?: boolean;
  onOpen?: (open: boolean) => void;
  mono?: boolean;
  /** Where the focus goes afterwards, if not to the trigger. */
  focusAfter?: RefObject<HTMLElement | null>;
  /** Choosing moves the focus by itself. */
  moves?: boolean;
  empty: ReactNode;
  /** What is looked for at first. */
  query?: string;
  onSearch?: (words: string) => void;
};

/** A searchable list behind a button; typing narrows it, arrows and Enter choose. */
export function Picker({
  trigger,
  anchor,
  label,
  groups,
  onPick,
  open,
  onOpen,
  mono = false,
  focusAfter,
  moves,
  empty,
  query = '',
  onSearch,
}: Props) {
  const picked = useRef(false);
  const [own, setOwn] = useState(false);
  const shown = open ?? own;
  const show = (next: boolean) => {
    if (next) picked.current = false;
    setOwn(next);
    onOpen?.(next);
  };
  const pick = (choice: Choice) => {
    picked.current = true;
    show(false);
    onPick(choice.value);
  };
  return (
    <Popover.Root open={shown} onOpenChange={show}>
      {trigger && <Popover.Trigger render={trigger} />}
      <Popover.Portal>
        <Popover.Positioner
          sideOffset={6}
          align="start"
          collisionPadding={8}
          {...(anchor && { anchor })}
          className="z-50"
        >
          <Popover.Popup
            aria-label={label}
            finalFocus={() => (picked.current && moves ? false : (focusAfter?.current ?? true))}
            className="flex max-h-[min(24rem,var(--available-height))] w-[min(25rem,calc(100vw-1rem))] flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-pop outline-none"
          >
            <Finder
              label={label}
              groups={groups}
              onPick={pick}
              mono={mono}
              empty={empty}
              query={query}
              onSearch={onSearch}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

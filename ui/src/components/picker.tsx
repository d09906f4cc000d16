import { Combobox as Base } from '@base-ui/react/combobox';
import { Popover } from '@base-ui/react/popover';
import { Search } from 'lucide-react';
import { type ReactElement, type ReactNode, type RefObject, useRef, useState } from 'react';
import { classes } from '@/lib/classes';

export type Choice = {
  value: string;
  label: string;
  /** Beside or under the label: what it is, or what it is worth now. */
  hint?: string | undefined;
  icon?: ReactNode;
  /** What else a search finds it by. */
  words?: string;
};
export type ChoiceGroup = { label: string; items: Choice[] };

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
  /** What is looked for at first. */
  query?: string;
  /** Choosing moves the focus by itself. */
  moves?: boolean;
  empty: string;
};

const matches = (choice: Choice, query: string) => {
  const text = `${choice.label} ${choice.hint ?? ''} ${choice.words ?? ''}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
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
  mono,
  focusAfter,
  query = '',
  moves,
  empty,
}: Props) {
  const picked = useRef(false);
  const lit = useRef<Choice>(undefined);
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
            <Base.Root
              inline
              items={groups}
              value={null}
              defaultInputValue={query}
              filter={matches}
              open
              autoHighlight
              itemToStringLabel={(choice: Choice) => choice.label}
              onItemHighlighted={(choice) => {
                lit.current = choice;
              }}
              onValueChange={(choice: Choice | null) => choice && pick(choice)}
            >
              <div className="flex items-center gap-2 border-b border-line px-3">
                <Search aria-hidden="true" className="size-3.5 shrink-0 text-ink-mute" />
                <Base.Input
                  aria-label={`Search: ${label}`}
                  placeholder="Search"
                  onKeyDown={(event) => {
                    // Who types and confirms means the first that fits, whether or not it is lit yet.
                    const query = event.currentTarget.value;
                    const first = groups.flatMap(({ items }) => items).find((each) => matches(each, query));
                    if (event.key !== 'Enter' || lit.current || query === '' || !first) return;
                    event.preventDefault();
                    pick(first);
                  }}
                  className="h-9 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-mute"
                />
              </div>
              <Base.Empty>
                <p className="px-3 py-4 text-ink-mute">{empty}</p>
              </Base.Empty>
              <Base.List className="min-h-0 overflow-y-auto overscroll-contain p-1 data-empty:p-0">
                {(group: ChoiceGroup) => (
                  <Base.Group key={group.label} items={group.items}>
                    <Base.GroupLabel className="px-2.5 pt-2 pb-1 text-xs text-ink-mute">
                      {group.label}
                    </Base.GroupLabel>
                    <Base.Collection>
                      {(choice: Choice) => <Row key={choice.value} choice={choice} mono={mono ?? false} />}
                    </Base.Collection>
                  </Base.Group>
                )}
              </Base.List>
            </Base.Root>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Row({ choice, mono }: { choice: Choice; mono: boolean }) {
  return (
    <Base.Item
      value={choice}
      className={classes(
        'flex cursor-default gap-x-2 rounded-md px-2.5 py-1.5 outline-none select-none data-highlighted:bg-inset [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-mute',
        mono && 'items-baseline justify-between',
      )}
    >
      {choice.icon}
      <span className={classes('min-w-0', mono ? 'contents' : 'flex flex-col')}>
        <span className={mono ? 'font-mono text-xs break-all' : ''}>{choice.label}</span>
        {choice.hint && (
          <span className={classes('text-xs text-ink-mute', mono && 'max-w-[55%] shrink-0 truncate')}>
            {choice.hint}
          </span>
        )}
      </span>
    </Base.Item>
  );
}

import { Combobox as Base } from '@base-ui/react/combobox';
import { Search } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { classes } from '@/lib/classes';

export type Choice = {
  value: string;
  label: string;
  /** Beside or under the label: what it is, or what it is worth now. */
  hint?: string | undefined;
  icon?: ReactNode;
  /** At the end of the line: the keys that do the same. */
  keys?: ReactNode;
  /** What else a search finds it by. */
  words?: string;
};
export type ChoiceGroup = { label: string; items: Choice[] };

type Props = {
  label: string;
  groups: ChoiceGroup[];
  onPick: (choice: Choice) => void;
  mono?: boolean;
  empty: ReactNode;
  placeholder?: string;
  /** What is looked for at first. */
  query?: string;
  /** Who gives it says with `groups` what fits the words: it searches elsewhere. */
  onSearch?: ((words: string) => void) | undefined;
};

/** Whether all words stand somewhere in it. */
export const matches = (choice: Choice, query: string) => {
  const text = `${choice.label} ${choice.hint ?? ''} ${choice.words ?? ''}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

/** A field and the list that typing narrows; arrows and Enter choose. */
export function Finder({
  label,
  groups,
  onPick,
  mono = false,
  empty,
  placeholder = 'Search',
  query = '',
  onSearch,
}: Props) {
  const lit = useRef<Choice>(undefined);
  const fits = (choice: Choice, query: string) => onSearch !== undefined || matches(choice, query);
  return (
    <Base.Root
      inline
      items={groups}
      value={null}
      defaultInputValue={query}
      filter={fits}
      open
      autoHighlight
      itemToStringLabel={(choice: Choice) => choice.label}
      isItemEqualToValue={(one: Choice, other: Choice) => one.value === other.value}
      onInputValueChange={(words) => onSearch?.(words)}
      onItemHighlighted={(choice) => {
        lit.current = choice;
      }}
      onValueChange={(choice: Choice | null) => choice && onPick(choice)}
    >
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Search aria-hidden="true" className="size-3.5 shrink-0 text-ink-mute" />
        <Base.Input
          aria-label={`Search: ${label}`}
          placeholder={placeholder}
          onKeyDown={(event) => {
            // Who types and confirms means the first that fits, whether or not it is lit yet.
            const query = event.currentTarget.value;
            const first = groups.flatMap(({ items }) => items).find((each) => fits(each, query));
            if (event.key !== 'Enter' || lit.current || query === '' || !first) return;
            event.preventDefault();
            onPick(first);
          }}
          className="h-9 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-mute"
        />
      </div>
      <Base.Empty>
        <div className="px-3 py-4 text-ink-mute">{empty}</div>
      </Base.Empty>
      <Base.List className="min-h-0 overflow-y-auto overscroll-contain p-1 data-empty:p-0">
        {(group: ChoiceGroup) => (
          <Base.Group key={group.label} items={group.items}>
            <Base.GroupLabel className="px-2.5 pt-2 pb-1 text-xs text-ink-mute">
              {group.label}
            </Base.GroupLabel>
            <Base.Collection>
              {(choice: Choice) => <Row key={choice.value} choice={choice} mono={mono} />}
            </Base.Collection>
          </Base.Group>
        )}
      </Base.List>
    </Base.Root>
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
      {choice.keys && <span className="ml-auto flex shrink-0 gap-1">{choice.keys}</span>}
    </Base.Item>
  );
}

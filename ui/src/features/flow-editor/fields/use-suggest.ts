/** Whether something is offered at the cursor of a field, which of it is lit, and the keys that go through it. */
import { type KeyboardEvent, useId, useState } from 'react';
import { fitting } from '@/features/flow-editor/model/choices';
import type { Typed } from './insert';
import { optionId } from './suggestions';
import { type Asked, useChoices } from './use-choices';

/** The most that are offered at once. */
const most = 50;

export function useSuggest(asked: Omit<Asked, 'filter'>, pick: (value: string) => void) {
  const id = useId();
  const [typed, setTyped] = useState<Typed>();
  const [lit, setLit] = useState(0);
  /** Where Escape was pressed: what is written there is left alone. */
  const [left, setLeft] = useState<number>();
  const wanted = typed !== undefined && typed.from !== left;
  const { groups } = useChoices({ ...asked, filter: typed?.filter ?? false }, wanted);
  const choices = wanted ? fitting(groups, typed.word, most) : [];
  const open = choices.length > 0;
  const close = () => setTyped(undefined);
  const choose = (value: string) => {
    close();
    pick(value);
  };
  /** True where the key was one of the list's own. */
  const press = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choice = choices[lit];
    if (step) setLit((lit + step + choices.length) % choices.length);
    else if (event.key === 'Enter' && choice) choose(choice.value);
    else if (event.key === 'Escape') {
      setLeft(typed?.from);
      close();
    } else {
      if (/^(?:Arrow|Home|End|Page)/.test(event.key)) close();
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    id,
    open,
    choices,
    lit,
    setLit,
    choose,
    close,
    press,
    /** Something is being written, and may be helped with. */
    ask: (next: Typed | undefined, anyway = false) => {
      setLit(0);
      setTyped(next);
      if (anyway || next === undefined || next.from !== left) setLeft(undefined);
    },
    /** What says to a screen reader that the field has a list, while it is open. */
    roles: open
      ? {
          role: 'combobox' as const,
          'aria-autocomplete': 'list' as const,
          'aria-expanded': true,
          'aria-controls': id,
          'aria-activedescendant': optionId(id, lit),
        }
      : {},
  };
}

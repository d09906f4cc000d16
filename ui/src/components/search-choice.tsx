import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { classes } from '@/lib/classes';
import type { pages } from '@/lib/server/pages';
import { useSettled } from '@/lib/use-settled';
import { Failure } from './failure';
import { matches } from './finder';
import { inputClass } from './input';
import { Picker } from './picker';

type Props<T> = {
  id?: string;
  label: string;
  /** Said where nothing is chosen, which can be chosen too. */
  any: string;
  value: string | undefined;
  /** What the chosen one is called, where that is known. */
  chosen: string | undefined;
  query: (words: string) => ReturnType<typeof pages<T>>;
  /** Of what was found, what can be chosen. */
  options: (found: T[]) => [value: string, label: string][];
  onChange: (value: string) => void;
  className?: string;
};

/** The server's search behind a field: whichever of many it is, its name finds it. */
export function SearchChoice<T>({
  id,
  label,
  any,
  value,
  chosen,
  query,
  options,
  onChange,
  className,
}: Props<T>) {
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<[value: string, label: string]>();
  const wanted = typed.trim().slice(0, 100);
  const words = useSettled(wanted);
  const found = useInfiniteQuery({ ...query(words), placeholderData: keepPreviousData });
  const old = words !== wanted || found.isPlaceholderData;
  const items = options(found.data ?? [])
    .map(([each, name]) => ({ value: each, label: name }))
    // Found for other words: only what fits these as well is of use.
    .filter((item) => !old || matches(item, wanted));
  const shown = value && picked?.[0] === value ? picked[1] : chosen;
  const groups = [
    { label: 'All', items: typed === '' ? [{ value: '', label: any }] : [] },
    { label: found.hasNextPage ? `${label}: type for more` : label, items },
  ];
  return (
    <Picker
      label={label}
      groups={groups.filter((group) => group.items.length > 0)}
      onSearch={setTyped}
      onOpen={() => setTyped('')}
      onPick={(next) => {
        const item = items.find((each) => each.value === next);
        setPicked(item && [next, item.label]);
        onChange(next);
      }}
      empty={
        found.isError ? (
          <Failure error={found.error} what="They could not be searched" retry={() => void found.refetch()} />
        ) : old || found.isFetching ? (
          'Searching …'
        ) : (
          'None is called so.'
        )
      }
      trigger={
        <button
          type="button"
          {...(id && { id })}
          aria-label={`${label}: ${shown || any}`}
          className={classes(
            inputClass,
            'inline-flex items-center justify-between gap-2 text-left',
            className,
          )}
        >
          <span className="truncate">{shown || any}</span>
          <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-mute" />
        </button>
      }
    />
  );
}

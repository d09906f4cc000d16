import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { pages } from '@/lib/server/pages';
import { ChoiceSelect } from './choice-select';
import type { SearchChoice as Search } from './search-choice';

// A lazy component forgets the type of what it is made for.
const SearchChoice = lazy(() =>
  import('./search-choice').then((file) => ({ default: file.SearchChoice })),
) as unknown as typeof Search;

export type Option = [value: string, label: string];
type Props<T> = {
  label: string;
  /** Said where nothing is chosen. */
  any: string;
  value: string | undefined;
  /** Those that have these words; without words the first page of all. */
  query: (words: string) => ReturnType<typeof pages<T>>;
  option: (each: T) => Option;
  /** What the rows shown have: it can be chosen as well. */
  seen?: Option[];
  /** What one is called that is in the address but unknown here. */
  unknown?: (value: string) => string;
  onChange: (value: string) => void;
};

/** A filter with values that are kept on the server: a plain list while they are few, a search in them once they are many. */
export function ManySelect<T>({ query, option, seen = [], ...props }: Props<T>) {
  const list = useInfiniteQuery(query(''));
  const known = new Map([...seen, ...(list.data ?? []).map(option)]);
  const choices = [...known].sort(([, a], [, b]) => a.localeCompare(b));
  const plain = <ChoiceSelect {...props} choices={choices} />;
  if (!list.hasNextPage) return plain;
  const { value, unknown = (each: string) => each } = props;
  return (
    <Suspense fallback={plain}>
      <SearchChoice
        {...props}
        chosen={value && (known.get(value) ?? unknown(value))}
        query={query}
        options={(found) => found.map(option)}
        className="sm:max-w-52"
      />
    </Suspense>
  );
}

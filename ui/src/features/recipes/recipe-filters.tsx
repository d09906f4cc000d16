import { useEffect, useState } from 'react';
import { Filters } from '@/components/filters';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { categories } from './categories';
import { isFiltered, type RecipeFilter, readRecipeFilter } from './filter';

type Props = { filter: RecipeFilter; onChange: (filter: RecipeFilter) => void };

const pause = 250;

/** The filters of the gallery; they stand in the URL. */
export function RecipeFilters({ filter, onChange }: Props) {
  const [words, setWords] = useState(filter.q ?? '');
  const set = (change: Record<string, string>) => onChange(readRecipeFilter({ ...filter, ...change }));
  useEffect(() => setWords(filter.q ?? ''), [filter.q]);
  useEffect(() => {
    if (words.trim() === (filter.q ?? '')) return;
    const timer = setTimeout(() => onChange(readRecipeFilter({ ...filter, q: words.trim() })), pause);
    return () => clearTimeout(timer);
  }, [words, filter, onChange]);
  return (
    <Filters label="Filter recipes" isFiltered={isFiltered(filter)} onClear={() => onChange({})}>
      <Input
        data-search
        type="search"
        aria-label="Search recipes"
        placeholder="Search recipes"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        className="col-span-2 sm:w-60"
      />
      <Select
        aria-label="Category"
        value={filter.category ?? ''}
        onChange={(event) => set({ category: event.target.value })}
      >
        <option value="">All categories</option>
        {categories.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Source"
        value={filter.source ?? ''}
        onChange={(event) => set({ source: event.target.value })}
      >
        <option value="">From everywhere</option>
        <option value="built_in">Built in</option>
        <option value="own">Your own</option>
        <option value="imported">Imported</option>
      </Select>
    </Filters>
  );
}

import type { RecipesAsked } from '@/lib/server/recipes';
import { categories } from './categories';

/** The filters of the gallery as they stand in the URL; what is not one of them is dropped. */
export type RecipeFilter = {
  q?: string;
  category?: string;
  source?: (typeof sources)[number];
  /** A link that somebody shared: it is taken in when the person says so. */
  link?: string;
};

export const sources = ['built_in', 'own', 'imported'] as const;

export function readRecipeFilter(search: Record<string, unknown>): RecipeFilter {
  const text = (name: string) => {
    // The router reads digits as a number.
    const value = typeof search[name] === 'number' ? String(search[name]) : search[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const filter: RecipeFilter = {};
  const [q, link] = [text('q'), text('link')];
  const category = categories.find(({ name }) => name === search.category)?.name;
  const source = sources.find((known) => known === search.source);
  if (q) filter.q = q;
  if (category) filter.category = category;
  if (source) filter.source = source;
  if (link) filter.link = link;
  return filter;
}

export const toQuery = ({ link: _, ...asked }: RecipeFilter): RecipesAsked => asked;

export const isFiltered = ({ q, category, source }: RecipeFilter): boolean =>
  Boolean(q || category || source);

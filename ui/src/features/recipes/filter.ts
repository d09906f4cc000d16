import { readOne, readText } from '@/lib/search';
import type { RecipesAsked } from '@/lib/server/recipes';

/** What recipes are for, in the order of the gallery. What they look like is not here: every page loads this. */
export const categoryNames = [
  'crm',
  'communication',
  'calendar',
  'support',
  'webhooks',
  'data',
  'live',
  'alerts',
  'other',
] as const;

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
  return {
    ...readText(search, 'q'),
    ...readOne(search, 'category', categoryNames),
    ...readOne(search, 'source', sources),
    ...readText(search, 'link'),
  };
}

export const toQuery = ({ link: _, ...asked }: RecipeFilter): RecipesAsked => asked;

export const isFiltered = ({ q, category, source }: RecipeFilter): boolean =>
  Boolean(q || category || source);

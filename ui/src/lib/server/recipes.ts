import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import type { RecipeSource } from '@/lib/types';
import { useStale } from './stale';

/** Values by the names of a recipe's inputs. */
export type Inputs = Record<string, unknown>;
/** Which recipes, as the API is asked. */
export type RecipesAsked = { q?: string; category?: string; source?: RecipeSource };
export type RecipeAbout = components['schemas']['RecipeAbout'];
export type RecipeImport = components['schemas']['RecipeImport'];

export const recipesQuery = (asked: RecipesAsked) =>
  queryOptions({
    queryKey: ['recipes', asked],
    queryFn: async () => (await take(api.GET('/v1/recipes', { params: { query: asked } }))).data,
    placeholderData: keepPreviousData,
  });

export const recipeQuery = (id: string) =>
  queryOptions({
    queryKey: ['recipe', id],
    queryFn: () => take(api.GET('/v1/recipes/{id}', { params: { path: { id } } })),
  });

/** The flow that comes of some inputs, and what is wrong with either; nothing is kept. */
export const recipePreviewQuery = (id: string, inputs: Inputs) =>
  queryOptions({
    queryKey: ['recipe', id, 'preview', inputs],
    queryFn: () => take(api.POST('/v1/recipes/{id}/preview', { params: { path: { id } }, body: { inputs } })),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  });

const useChanged = () => useStale('recipes', 'recipe');

/** Makes a flow of a recipe; it is off. */
export function useInstallRecipe(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (inputs: Inputs) =>
      take(
        api.POST('/v1/recipes/{id}/install', { params: { path: { id } }, body: { inputs, enabled: false } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['flows'] }),
  });
}

export function useImportRecipe() {
  return useMutation({
    mutationFn: (body: RecipeImport) => take(api.POST('/v1/recipes/import', { body })),
    onSuccess: useChanged(),
  });
}

export function useRecipeOfFlow(id: string) {
  return useMutation({
    mutationFn: (body: RecipeAbout) =>
      take(api.POST('/v1/flows/{id}/recipe', { params: { path: { id } }, body })),
    onSuccess: useChanged(),
  });
}

/** Makes a link to a recipe; the one before it leads nowhere from then on. */
export function useShareRecipe(id: string) {
  return useMutation({
    mutationFn: (days: number) =>
      take(api.POST('/v1/recipes/{id}/share', { params: { path: { id } }, body: { days } })),
    onSuccess: useChanged(),
  });
}

export function useUnshareRecipe(id: string) {
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/recipes/{id}/share', { params: { path: { id } } })),
    onSuccess: useChanged(),
  });
}

export function useDeleteRecipe(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/recipes/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['recipes'] }),
  });
}

import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { BudgetSettings, Prices } from '@/lib/types';
import { type Known, saveOver, takeKnown } from './known';
import { useStale } from './stale';

type Asked = { by: 'day' | 'agent' | 'flow'; from: string };

export const usageQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['usage', asked],
    queryFn: () => take(api.GET('/v1/usage', { params: { query: asked } })),
  });

/** Where the same is a file for spreadsheets. */
export const usageFile = (asked: Asked) => `/v1/usage?${new URLSearchParams({ ...asked, format: 'csv' })}`;

const readPrices = () => takeKnown(api.GET('/v1/settings/prices'));

export const pricesQuery = () =>
  queryOptions({
    queryKey: ['settings', 'prices'],
    queryFn: readPrices,
  });

export const budgetsQuery = () =>
  queryOptions({ queryKey: ['budgets'], queryFn: () => take(api.GET('/v1/budgets')) });

const useRefresh = () => useStale('usage', 'budgets', 'settings', 'flows', 'flow', 'alerts');

export function useSavePrices(known: Known<Prices>) {
  return useMutation({
    mutationFn: (body: Prices) =>
      saveOver({
        known,
        read: readPrices,
        put: (etag) =>
          take(api.PUT('/v1/settings/prices', { params: { header: { 'if-match': etag } }, body })),
      }),
    onSuccess: useRefresh(),
  });
}

/** Makes a budget, or replaces the one with this id: what it remembers of its period stays. */
export function useSaveBudget(id: string | undefined) {
  return useMutation({
    mutationFn: (body: BudgetSettings) =>
      id
        ? take(api.PUT('/v1/budgets/{id}', { params: { path: { id } }, body }))
        : take(api.POST('/v1/budgets', { body })),
    onSuccess: useRefresh(),
  });
}

export function useDeleteBudget() {
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/v1/budgets/{id}', { params: { path: { id } } })),
    onSuccess: useRefresh(),
  });
}

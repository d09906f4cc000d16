import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';

export type ReconcileSettings = components['schemas']['ReconcileSettings'];

/** Sets how missed calls are looked for; null ends it. */
export function useSaveReconcile(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reconcile: ReconcileSettings | null) =>
      take(api.PATCH('/v1/endpoints/{id}', { params: { path: { id } }, body: { reconcile } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['endpoints'] }),
  });
}

/** One look at once; a dry run says what it would do. */
export function useReconcile(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (dry: boolean) =>
      take(api.POST('/v1/endpoints/{id}/reconcile', { params: { path: { id } }, body: { dry_run: dry } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['endpoints'] }),
  });
}

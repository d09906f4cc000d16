import { useQueryClient } from '@tanstack/react-query';

/** What to call after a change: all whose key begins with one of these is read again. */
export function useStale(...keys: string[]): () => Promise<unknown> {
  const client = useQueryClient();
  return () => Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}

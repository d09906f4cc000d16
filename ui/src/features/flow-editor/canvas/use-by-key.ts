import { useRef } from 'react';

/** What was made for a key, as long as the key stays. */
export function useByKey<T>(key: string, make: () => T): T {
  const kept = useRef<{ key: string; value: T }>(undefined);
  if (kept.current?.key !== key) kept.current = { key, value: make() };
  return kept.current.value;
}

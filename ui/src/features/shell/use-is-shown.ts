import { useQuery } from '@tanstack/react-query';
import { useMay } from '@/lib/may';
import { sessionQuery } from '@/lib/server/session';

/** Whether there is a place for this person: the built-in receiver in a demo only, keys for who may list them. */
export function useIsShown() {
  const demo = useQuery(sessionQuery()).data?.demo;
  const admin = useMay('admin').may;
  return (key: string) => (key !== 'i' || demo) && (key !== 'k' || admin);
}

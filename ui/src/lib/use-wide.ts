import { useSyncExternalStore } from 'react';

const wide = window.matchMedia('(min-width: 64rem)');

const watch = (told: () => void) => {
  wide.addEventListener('change', told);
  return () => wide.removeEventListener('change', told);
};

/** Whether two panels have room side by side, as `lg:` has it. */
export function useWide(): boolean {
  return useSyncExternalStore(watch, () => wide.matches);
}

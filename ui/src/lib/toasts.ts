import { Toast } from '@base-ui/react/toast';

/** Short confirmations of what the user has just done; errors are shown where they happened, not here. */
export const toasts = Toast.createToastManager();

/** Said before there was a place for it. */
const early: Parameters<typeof toasts.add>[0][] = [];
let hasPlace = false;

export function say(title: string, description?: string): void {
  const toast = { title, ...(description && { description }), timeout: 4000 };
  if (hasPlace) toasts.add(toast);
  else early.push(toast);
}

/** To be called when toasts are shown from now on. */
export function sayEarly(): void {
  hasPlace = true;
  for (const toast of early.splice(0)) toasts.add(toast);
}

/** Said once it is done, even if the form that asked for it has made room for one with what was saved. */
export function sayAfter(done: Promise<unknown>, title: string, description?: string): void {
  // A failure is shown where it happened.
  done.then(
    () => say(title, description),
    () => undefined,
  );
}

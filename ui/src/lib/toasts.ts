import { Toast } from '@base-ui/react/toast';

/** Short confirmations of what the user has just done; errors are shown where they happened, not here. */
export const toasts = Toast.createToastManager();

export function say(title: string, description?: string): void {
  toasts.add({ title, ...(description && { description }), timeout: 4000 });
}

/** Said once it is done, even if the form that asked for it has made room for one with what was saved. */
export function sayAfter(done: Promise<unknown>, title: string, description?: string): void {
  // A failure is shown where it happened.
  done.then(
    () => say(title, description),
    () => undefined,
  );
}

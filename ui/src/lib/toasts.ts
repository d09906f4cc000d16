import { Toast } from '@base-ui/react/toast';

/** Short confirmations of what the user has just done; errors are shown where they happened, not here. */
export const toasts = Toast.createToastManager();

export function say(title: string, description?: string): void {
  toasts.add({ title, ...(description && { description }), timeout: 4000 });
}

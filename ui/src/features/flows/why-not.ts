import type { Flow } from '@/lib/types';

/** Why no call starts the flow, and what changes that; nothing where it only waits for a call. */
export function whyNot({
  live,
  paused,
  enabled,
}: Pick<Flow, 'live' | 'paused' | 'enabled'>): string | undefined {
  const then = 'and it runs for the next call that passes its filters.';
  if (live === null)
    return enabled
      ? `It is only a draft. Publish it, ${then}`
      : `It is only a draft. Publish it, turn it on, ${then}`;
  // To turn it on ends a pause as well.
  if (!enabled) return `It is off. Turn it on, ${then}`;
  if (paused) return `It is paused. Resume it, ${then}`;
  return undefined;
}

import type { KeyboardEvent } from 'react';
import { isGoing } from './shortcuts';

/** Where a key leads from row `at` of `count`: arrow keys, `j` and `k` go to the next, Home and End to the ends. */
export function rowStep(event: KeyboardEvent, at: number, count: number): number | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || count === 0 || isGoing()) return undefined;
  const target = event.target as HTMLElement;
  if (target.closest('input:not([type="checkbox"]), textarea, select')) return undefined;
  const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
  const step = steps[event.key];
  if (step !== undefined) return Math.min(count - 1, Math.max(0, at + step));
  return event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : undefined;
}

/** The same between the links of a list that is there as a whole. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  // What opens over a row has keys of its own.
  if (!event.currentTarget.contains(event.target as Node)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => (row.closest('li') ?? row).contains(document.activeElement));
  const next = rowStep(event, at, rows.length);
  const row = next === undefined ? undefined : rows[next];
  if (row) {
    event.preventDefault();
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }
}

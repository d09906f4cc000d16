import type { KeyboardEvent } from 'react';

/** Arrow keys, `j` and `k` move between the links of a list's rows; Home and End go to its ends. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const step = steps[event.key];
  const next =
    step !== undefined
      ? at + step
      : event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? rows.length - 1
          : undefined;
  if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = rows[Math.min(rows.length - 1, Math.max(0, next))];
  if (row) {
    event.preventDefault();
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }
}

// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import type { RunRow } from '@/lib/types';
import { isRetrying, RunRetry } from './run-retry';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function text(run: Partial<RunRow>): string | null {
  const place = document.createElement('div');
  act(() => createRoot(place).render(<RunRetry run={{ held: null, ...run } as RunRow} />));
  return place.textContent;
}

it('a run that waits to try again says how often it failed and when it goes on', () => {
  const soon = new Date(Date.now() + 240_000).toISOString();
  expect(text({ attempt: 3, next_attempt_at: soon })).toBe('failed twice, next in 4 m');
  expect(text({ attempt: 5, next_attempt_at: new Date(0).toISOString() })).toBe('failed 4 times, next now');
  expect(text({ attempt: 2, held: { destination: 'crm.example:443', why: 'circuit', until: null } })).toBe(
    'failed once, waits for crm.example:443',
  );
});

it('a run that waits for a time of day has not failed', () => {
  expect(isRetrying({ status: 'waiting', attempt: 1 })).toBe(false);
  expect(isRetrying({ status: 'waiting', attempt: 2 })).toBe(true);
});

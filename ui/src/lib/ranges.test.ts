import { expect, it } from 'vitest';
import { rangeOf } from './ranges';

it('begins days at midnight, also across the turn of a month', () => {
  const now = new Date(2026, 2, 1, 14, 5);
  expect(rangeOf('hour', now)).toEqual({ from: '2026-03-01T13:05' });
  expect(rangeOf('today', now)).toEqual({ from: '2026-03-01T00:00' });
  expect(rangeOf('yesterday', now)).toEqual({ from: '2026-02-28T00:00', to: '2026-03-01T00:00' });
  expect(rangeOf('week', now)).toEqual({ from: '2026-02-23T00:00' });
});

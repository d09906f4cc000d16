import { expect, test } from 'vitest';
import { start } from './period';

test('a period of so many days ends today', () => {
  const now = new Date('2026-11-26T09:00:00Z');
  expect(start(1, now)).toBe('2026-11-26');
  expect(start(30, now)).toBe('2026-10-28');
});

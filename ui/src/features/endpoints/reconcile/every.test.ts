import { expect, test } from 'vitest';
import { every } from './every';

test('how often is said in the largest unit that fits', () => {
  expect([60, 90, 300, 3_600, 5_400, 86_400].map(every)).toEqual([
    'every minute',
    'every 90 seconds',
    'every 5 minutes',
    'every hour',
    'every 90 minutes',
    'every 24 hours',
  ]);
});

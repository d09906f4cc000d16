import { expect, test } from 'vitest';
import type { Entry } from '@/lib/types';
import { stepName } from './step-name';

const entry = (part: Partial<Entry>) => ({ kind: 'do', step: 'tell', ...part }) as Entry;

test('a step in loops is named with its items, counted from one', () => {
  expect(stepName(entry({}))).toBe('tell');
  expect(stepName(entry({ rounds: [['leads', 2]] }))).toBe('tell · item 3');
  expect(
    stepName(
      entry({
        rounds: [
          ['leads', 0],
          ['numbers', 4],
        ],
      }),
    ),
  ).toBe('tell · item 1 · item 5');
  expect(stepName(entry({ step: '', kind: 'run' }))).toBe('run');
});

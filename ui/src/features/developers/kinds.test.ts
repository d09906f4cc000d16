import { expect, test } from 'vitest';
import type { EventKind } from '@/lib/types';
import { matches } from './kinds';

const kind = {
  kind: 'call.ended',
  title: 'Call ended',
  description: 'The call is over.',
  payload: { callInfo: { durationSeconds: 1 }, list: [{ inner: true }] },
  sample: {},
} as unknown as EventKind;

test('a kind is found by its name, its words and the names in its payload, all words at once', () => {
  for (const query of ['', 'ENDED', 'over', 'durationseconds', 'inner', 'call  over']) {
    expect(matches(kind, query), query).toBe(true);
  }
  for (const query of ['started', 'ended missing']) expect(matches(kind, query), query).toBe(false);
});

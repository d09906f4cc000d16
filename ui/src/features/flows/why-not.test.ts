import { expect, it } from 'vitest';
import type { Flow } from '@/lib/types';
import { whyNot } from './why-not';

const paused = {} as NonNullable<Flow['paused']>;

it('a draft is told to publish, a paused flow to resume, one that is off to turn on', () => {
  expect(whyNot({ live: null, paused: null, enabled: true })).toContain('Publish it, and');
  expect(whyNot({ live: null, paused: null, enabled: false })).toContain('turn it on');
  expect(whyNot({ live: 1, paused, enabled: true })).toContain('Resume it');
  expect(whyNot({ live: 1, paused: null, enabled: false })).toContain('Turn it on');
  expect(whyNot({ live: 1, paused: null, enabled: true })).toBeUndefined();
});

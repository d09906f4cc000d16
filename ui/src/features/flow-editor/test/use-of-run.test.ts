import { expect, it } from 'vitest';
import type { Entry } from '@/lib/types';
import { answersOf } from './use-of-run';

const entry = (step: string, response?: object): Entry =>
  ({ step, kind: 'do', exchange: response && { response } }) as Entry;

it('takes the last answer of each step, and none of which the end is missing', () => {
  const { pins, cut } = answersOf([
    entry('lead', { status: 503, body: 'no' }),
    entry('lead', { status: 200, body: '{"id":7}' }),
    entry('long', { status: 200, body: 'x', truncated: true }),
    entry('gone', { status: 500 }),
    entry('gone'),
  ]);
  expect(pins).toEqual({ lead: { status: 200, body: '{"id":7}' } });
  expect(cut).toEqual(['long']);
});

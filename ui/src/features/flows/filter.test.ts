import { expect, test } from 'vitest';
import { isFiltered, readFlowFilter, toQuery } from './filter';

test('what is no filter is dropped', () => {
  expect(readFlowFilter({ q: 42, trigger: 'call.ended', state: 'maybe', sort: 'size', other: 1 })).toEqual({
    q: '42',
    trigger: 'call.ended',
  });
});

test('on and off become what the API knows', () => {
  expect(toQuery({ state: 'off', sort: 'name' })).toEqual({ enabled: false, sort: 'name' });
  expect(isFiltered({ sort: 'name' })).toBe(false);
  expect(isFiltered({ state: 'on' })).toBe(true);
});

import { expect, it } from 'vitest';
import { numberIn } from '@/lib/number-in';
import { isFiltered, readCallFilter, toCallQuery } from './filter';

it('reads from the URL only what is a filter', () => {
  expect(
    readCallFilter({ status: 'odd', agent: 'Sarah', number: 15550100, from: 'soon', to: '2026-11-20T10:00' }),
  ).toEqual({ agent: 'Sarah', number: '15550100', to: '2026-11-20T10:00' });
});

it('asks the API for points in time, and not for the name that contacts are searched for', () => {
  const filter = readCallFilter({ from: '2026-11-20T10:00', find: 'Ada' });
  expect(toCallQuery(filter)).toEqual({ from: new Date('2026-11-20T10:00').toISOString() });
  expect(isFiltered({ find: 'Ada' })).toBe(false);
});

it('knows a number from a name', () => {
  expect(numberIn('+1 (555) 010-0')).toBe('+15550100');
  expect(numberIn('Ada Lovelace')).toBeUndefined();
  expect(numberIn('sip:ada@example.com')).toBe('sip:ada@example.com');
});

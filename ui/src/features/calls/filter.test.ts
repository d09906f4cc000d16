import { expect, it } from 'vitest';
import { numberIn } from '@/lib/number-in';
import { chipsOf } from './chips';
import { readCallFilter, toCallQuery } from './filter';

it('reads from the URL only what is a filter', () => {
  expect(
    readCallFilter({
      status: 'no-answer',
      colour: 'red',
      agent: 'Sarah',
      number: 15550100,
      from: 'soon',
      to: '2026-11-20T10:00',
    }),
  ).toEqual({ status: 'no-answer', agent: 'Sarah', number: '15550100', to: '2026-11-20T10:00' });
  expect(readCallFilter({ answer: 'true', q: 4821, min: '30', max: -1 })).toEqual({ q: '4821', min: 30 });
  expect(readCallFilter({ min: '', max: null })).toEqual({});
});

it('asks the API in its own words, and for points in time', () => {
  const filter = readCallFilter({ from: '2026-11-20T10:00', q: 'Ada', min: 60, max: 30 });
  expect(toCallQuery(filter)).toEqual({
    from: new Date('2026-11-20T10:00').toISOString(),
    search: 'Ada',
    min_duration_s: 60,
    max_duration_s: 60,
  });
});

it('shows each further filter as a chip that takes away all of it', () => {
  const filter = readCallFilter({ agent: 'Sarah', min: 60, max: 90, question: 'Booked?', answer: 'true' });
  const chips = chipsOf(filter);
  expect(chips.map(({ label }) => label)).toEqual(['Lasted from 1:00 to 1:30', 'Booked? Yes']);
  expect(chips[1]?.without).toEqual({ agent: 'Sarah', min: 60, max: 90 });
});

it('knows a number from a name', () => {
  expect(numberIn('+1 (555) 010-0')).toBe('+15550100');
  expect(numberIn('Ada Lovelace')).toBeUndefined();
  expect(numberIn('sip:ada@example.com')).toBe('sip:ada@example.com');
});

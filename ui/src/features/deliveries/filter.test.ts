import { expect, test } from 'vitest';
import { readDeliveries, readDeliveryFilter, toQuery } from './filter';

test('a filter in the URL is read, and what is none is dropped', () => {
  const search = {
    destination: 'crm.example:443',
    result: 'failed',
    flow: 7,
    from: 'soon',
    to: '2026-11-20T10:00',
    odd: 1,
  };
  const filter = readDeliveryFilter(search);
  expect(filter).toEqual({ destination: 'crm.example:443', result: 'failed', to: '2026-11-20T10:00' });
  expect(toQuery(filter).to).toBe(new Date('2026-11-20T10:00').toISOString());
});

test('an attempt is open when the URL names its run and its place there', () => {
  expect(readDeliveries({ run: 'run_1', entry: 0, tab: 'timing', answer: 404 })).toEqual({
    run: 'run_1',
    entry: 0,
    tab: 'timing',
    answer: '404',
  });
  expect(readDeliveries({ run: 'run_1', tab: 'odd' })).toEqual({});
  expect(readDeliveries({ entry: 3 })).toEqual({});
});

import { expect, test } from 'vitest';
import { readDeliveryFilter, toQuery } from './filter';

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

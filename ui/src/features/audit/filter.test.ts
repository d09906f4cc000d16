import { expect, it } from 'vitest';
import { readAuditFilter, toAuditQuery } from './filter';

it('drops what is no filter and keeps the rest', () => {
  expect(
    readAuditFilter({ by: 'root', action: 'odd', what: 'flow', from: '2026-11-20', to: 'soon' }),
  ).toEqual({
    by: 'root',
    what: 'flow',
    from: '2026-11-20',
  });
});

it('makes whole days of the days in the URL', () => {
  const { from = '', to = '' } = toAuditQuery({ from: '2026-11-20', to: '2026-11-20' });
  expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000 - 1);
});

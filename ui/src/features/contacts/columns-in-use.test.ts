import { expect, it } from 'vitest';
import type { Contact } from '@/lib/types';
import { columnsInUse } from './columns-in-use';

const contact = (told: Partial<Contact>): Contact => ({
  id: 'contact_1',
  version: 1,
  phone: '+14155550100',
  first_name: null,
  last_name: null,
  email: null,
  company: null,
  do_not_call: false,
  columns: {},
  created_at: '2026-11-20T10:00:00Z',
  updated_at: '2026-11-20T10:00:00Z',
  ...told,
});

it('shows columns that some contact has, those that most have first', () => {
  const contacts = [
    contact({ email: 'ada@example.com', columns: { seats: 3 } }),
    contact({ columns: { plan: 'gold', seats: 4 } }),
  ];
  const columns = columnsInUse(contacts);
  expect(columns.map(({ label }) => label)).toEqual(['E-mail', 'seats', 'plan']);
  expect(columns.map(({ of }) => of(contacts[1] as Contact))).toEqual(['', '4', 'gold']);
  expect(columnsInUse([contact({})])).toEqual([]);
});

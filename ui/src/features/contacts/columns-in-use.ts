import type { Contact } from '@/lib/types';

type Column = { key: string; label: string; of: (contact: Contact) => string };

/** What fits beside name and number. */
const most = 4;

const fixed: Column[] = [
  { key: 'company', label: 'Company', of: ({ company }) => company ?? '' },
  { key: 'email', label: 'E-mail', of: ({ email }) => email ?? '' },
];

/** The columns that any of these contacts has a value in: company and address first, then those that most have. */
export function columnsInUse(contacts: Contact[]): Column[] {
  const used = new Map<string, number>();
  for (const { columns } of contacts) {
    for (const name of Object.keys(columns)) used.set(name, (used.get(name) ?? 0) + 1);
  }
  const own = [...used]
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || a.localeCompare(b))
    .map(
      ([name]): Column => ({
        key: `own ${name}`,
        label: name,
        of: ({ columns }) => String(columns[name] ?? ''),
      }),
    );
  return [...fixed.filter(({ of }) => contacts.some((each) => of(each) !== '')), ...own].slice(0, most);
}

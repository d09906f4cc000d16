import { Input } from '@/components/input';
import { Select } from '@/components/select';
import type { ContactImport, ImportOptions } from '@/lib/server/contacts';

const fields: [value: string, label: string][] = [
  ['phone', 'Phone'],
  ['first_name', 'First name'],
  ['last_name', 'Last name'],
  ['full_name', 'Full name'],
  ['email', 'E-mail'],
  ['company', 'Company'],
  ['do_not_call', 'Do not call'],
];

/** A field of contacts as people call it. */
export const fieldName = (name: string) => fields.find(([field]) => field === name)?.[1] ?? name;

const isField = (name: string) => fields.some(([field]) => field === name);

type Props = {
  look: ContactImport;
  mapping: ImportOptions['mapping'];
  onChange: (mapping: ImportOptions['mapping']) => void;
};

/** What each column of the table feeds. */
export function ImportMapping({ look, mapping, onChange }: Props) {
  const set = (heading: string, feeds: string | null) => onChange({ ...mapping, [heading]: feeds });
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">Columns</legend>
      <ul className="flex flex-col gap-2">
        {look.columns.map(({ heading }, at) => {
          const feeds = mapping[heading] ?? null;
          const kind = feeds === null ? 'none' : isField(feeds) ? feeds : 'own';
          return (
            <li
              key={at}
              className="grid items-center gap-x-3 gap-y-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]"
            >
              <span className="truncate" title={heading}>
                {heading || `Column ${at + 1}`}
              </span>
              <span className="flex gap-2">
                <Select
                  aria-label={`${heading} feeds`}
                  className="min-w-0 flex-1"
                  value={kind}
                  onChange={({ target: { value } }) =>
                    set(heading, value === 'none' ? null : value === 'own' ? plain(heading) : value)
                  }
                >
                  <option value="none">Nothing</option>
                  {fields.map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                  <option value="own">Own column</option>
                </Select>
                {kind === 'own' && (
                  <Input
                    aria-label={`Name of the column for ${heading}`}
                    className="w-36 font-mono text-xs"
                    maxLength={60}
                    value={feeds ?? ''}
                    onChange={(event) => set(heading, event.target.value)}
                  />
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

/** `Lead source` → `lead_source`, as the server would call it. */
function plain(heading: string): string {
  const name = heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return name || 'column';
}

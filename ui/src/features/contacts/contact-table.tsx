import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { Badge } from '@/components/badge';
import { Rows } from '@/components/rows';
import { phone } from '@/lib/format';
import { nameOf } from '@/lib/names';
import type { Contact } from '@/lib/types';
import { columnsInUse } from './columns-in-use';

type Props = { contacts: Contact[]; more: boolean; onEnd: () => void };

/** Contacts, newest first: each row is one link; only columns that some of them have are shown. */
export function ContactTable({ contacts, more, onEnd }: Props) {
  const columns = columnsInUse(contacts);
  return (
    <>
      <div
        aria-hidden="true"
        className="hidden gap-x-4 border-b border-line px-4 py-1.5 text-xs text-ink-mute md:grid"
        style={{ gridTemplateColumns: grid(columns.length) }}
      >
        <span>Name</span>
        <span>Phone</span>
        {columns.map(({ key, label }) => (
          <span key={key} className="truncate">
            {label}
          </span>
        ))}
      </div>
      <Rows
        label="Contacts"
        keys
        count={contacts.length}
        more={more}
        onEnd={onEnd}
        height={41}
        keyOf={(index) => contacts[index]?.id ?? index}
        className="divide-y divide-line"
        row={(index) => {
          const contact = contacts[index];
          return (
            contact && (
              <Link
                to="/contacts/$contactId"
                params={{ contactId: contact.id }}
                data-row
                className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2 outline-offset-[-2px] hover:bg-inset md:grid-cols-(--columns)"
                style={{ '--columns': grid(columns.length) } as CSSProperties}
              >
                <span className="flex min-w-0 items-center gap-2 font-medium">
                  <span className="truncate">{nameOf(contact) || 'No name'}</span>
                  {contact.do_not_call && <Badge tone="bad">Do not call</Badge>}
                </span>
                <span className="text-ink-soft max-md:text-right">{phone(contact.phone)}</span>
                {columns.map(({ key, label, of }, at) => (
                  <span
                    key={key}
                    title={of(contact) && `${label}: ${of(contact)}`}
                    className={at > 1 ? 'hidden truncate text-ink-soft md:block' : 'truncate text-ink-soft'}
                  >
                    {of(contact)}
                  </span>
                ))}
              </Link>
            )
          );
        }}
      />
    </>
  );
}

const grid = (columns: number) => `minmax(0,1.4fr) 10rem repeat(${columns}, minmax(0,1fr))`;

import { Badge } from '@/components/badge';
import { Rows } from '@/components/rows';
import { phone, plural } from '@/lib/format';
import { nameOf } from '@/lib/names';
import type { Contact } from '@/lib/types';

type Props = { contacts: Contact[]; more: boolean; onEnd: () => void; onOpen: (contact: Contact) => void };

/** Contacts, newest first: each row is one button that opens it. */
export function ContactTable({ contacts, more, onEnd, onOpen }: Props) {
  return (
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
        return contact && <Line contact={contact} onOpen={() => onOpen(contact)} />;
      }}
    />
  );
}

function Line({ contact, onOpen }: { contact: Contact; onOpen: () => void }) {
  return (
    <button
      type="button"
      data-row
      onClick={onOpen}
      className="grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2 text-left outline-offset-[-2px] hover:bg-inset md:grid-cols-[minmax(0,1.2fr)_10rem_minmax(0,1fr)_minmax(0,1fr)_7rem]"
    >
      <span className="truncate font-medium">{nameOf(contact) || 'No name'}</span>
      <span className="text-ink-soft max-md:text-right">{phone(contact.phone)}</span>
      <span className="truncate text-ink-soft">{contact.company}</span>
      <span className="hidden truncate text-ink-soft md:block">{contact.email}</span>
      <span className="flex justify-end gap-1.5">
        {contact.do_not_call && <Badge tone="bad">Do not call</Badge>}
        {Object.keys(contact.columns).length > 0 && (
          <Badge>{plural(Object.keys(contact.columns).length, 'own column')}</Badge>
        )}
      </span>
    </button>
  );
}

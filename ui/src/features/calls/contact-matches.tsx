import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { nameOf } from '@/lib/names';
import { contactsQuery } from '@/lib/server/contacts';

type Props = { name: string; onPick: (number: string) => void };

/** The contacts that a name found: choosing one shows the calls of their number. */
export function ContactMatches({ name, onPick }: Props) {
  const found = useInfiniteQuery(contactsQuery(name));
  if (found.isError) {
    return <Failure error={found.error} what="Contacts could not be searched" />;
  }
  const contacts = found.data?.slice(0, 8);
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 rounded-md bg-inset px-3 py-2">
      {!contacts ? (
        <span className="text-ink-mute">Searching contacts …</span>
      ) : contacts.length === 0 ? (
        <span>No contact is called like that. Calls are found by a whole number or by a contact’s name.</span>
      ) : (
        <>
          <span className="text-ink-mute">Calls of</span>
          {contacts.map((contact) => (
            <Button key={contact.id} size="sm" onClick={() => onPick(contact.phone)}>
              {nameOf(contact) || 'No name'}
              <span className="font-normal text-ink-mute">{contact.phone}</span>
            </Button>
          ))}
        </>
      )}
    </div>
  );
}

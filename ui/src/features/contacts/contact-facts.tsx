import { Link } from '@tanstack/react-router';
import { Facts } from '@/components/facts';
import { IdChip } from '@/components/id-chip';
import { Panel } from '@/components/panel';
import { Time } from '@/components/time';
import { phone } from '@/lib/format';
import { useMay } from '@/lib/may';
import type { Contact } from '@/lib/types';

/** Every field and column of a contact, and since when it stands so. */
export function ContactFacts({ contact }: { contact: Contact }) {
  const admin = useMay('admin').may;
  const own = Object.entries(contact.columns).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Panel title="What is kept">
      <Facts
        facts={[
          [
            'Phone',
            <a key="phone" href={`tel:${contact.phone}`} className="text-accent hover:underline">
              {phone(contact.phone)}
            </a>,
          ],
          ['First name', contact.first_name],
          ['Last name', contact.last_name],
          ['E-mail', contact.email],
          ['Company', contact.company],
          ['Calls', contact.do_not_call ? 'Not to be called' : 'May be called'],
          ...own.map(([name, value]): [string, string] => [name, String(value)]),
          ['Contact', <IdChip key="id" id={contact.id} label="Copy contact id" />],
          ['Made', <Time key="made" at={contact.created_at} />],
          [
            'Last change',
            <span key="changed">
              <Time at={contact.updated_at} />
              {admin && (
                <>
                  {' · '}
                  <Link
                    to="/settings/audit"
                    search={{ what: 'contact', id: contact.id }}
                    className="text-accent hover:underline"
                  >
                    Who changed it
                  </Link>
                </>
              )}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Badge } from '@/components/badge';
import { Button, buttonClass } from '@/components/button';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { phone } from '@/lib/format';
import { useMay } from '@/lib/may';
import { nameOf } from '@/lib/names';
import { contactQuery } from '@/lib/server/contacts';
import { ContactCampaigns } from './contact-campaigns';
import { ContactDialog } from './contact-dialog';
import { ContactFacts } from './contact-facts';

/** Somebody who can be called: all that is kept of them, their campaigns, the calls of their number. */
export function ContactPage({ calls }: { calls: (number: string) => ReactNode }) {
  const { contactId } = useParams({ from: '/shell/contacts/$contactId' });
  const navigate = useNavigate();
  const { why } = useMay('operate');
  const admin = useMay('admin').may;
  const query = useQuery(contactQuery(contactId));
  const [editing, setEditing] = useState(false);
  const contact = query.data;
  return (
    <Page
      title={contact ? nameOf(contact) || phone(contact.phone) : 'Contact'}
      parent={
        <Link to="/contacts" className="rounded hover:text-ink hover:underline">
          Contacts
        </Link>
      }
      beside={contact?.do_not_call && <Badge tone="bad">Do not call</Badge>}
      actions={
        contact && (
          <>
            {admin && (
              <Link
                to="/settings/retention"
                search={{ forget: contact.phone }}
                className={buttonClass('danger')}
              >
                Forget the number
              </Link>
            )}
            <Button icon={<Pencil aria-hidden="true" />} why={why} onClick={() => setEditing(true)}>
              Edit
            </Button>
          </>
        )
      }
    >
      {!contact ? (
        query.isError ? (
          <Failure
            error={query.error}
            what="The contact could not be loaded"
            retry={() => void query.refetch()}
          />
        ) : (
          <Panel>
            <Skeleton rows={6} label="Loading the contact" />
          </Panel>
        )
      ) : (
        <div className="grid min-w-0 gap-4 lg:grid-cols-[minmax(18rem,26rem)_minmax(0,1fr)] lg:items-start">
          <div className="flex min-w-0 flex-col gap-4">
            <ContactFacts contact={contact} />
            <ContactCampaigns id={contact.id} />
          </div>
          {calls(contact.phone)}
        </div>
      )}
      {editing && contact && (
        <ContactDialog
          contact={contact}
          onClose={() => setEditing(false)}
          onDeleted={() => void navigate({ to: '/contacts' })}
        />
      )}
    </Page>
  );
}

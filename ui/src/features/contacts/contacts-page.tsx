import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Contact as Icon, Plus, Upload } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { SearchBox } from '@/components/search-box';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { contactsQuery } from '@/lib/server/contacts';
import type { Contact } from '@/lib/types';
import { useMore } from '@/lib/use-more';
import { ContactDialog } from './contact-dialog';
import { ContactTable } from './contact-table';
import { ImportDialog } from './import-dialog';

export function ContactsPage() {
  const { why } = useMay('operate');
  const { q = '' } = useSearch({ from: '/shell/contacts' });
  const navigate = useNavigate({ from: '/contacts' });
  const list = useInfiniteQuery(contactsQuery(q));
  const { isFetchingNextPage } = list;
  const onMore = useMore(list);
  const [open, setOpen] = useState<Contact | 'new' | 'import'>();
  const search = useCallback(
    (words: string) => void navigate({ search: words ? { q: words } : {}, replace: true }),
    [navigate],
  );
  const actions = (
    <>
      <Button icon={<Upload aria-hidden="true" />} why={why} onClick={() => setOpen('import')}>
        Import
      </Button>
      <Button look="primary" icon={<Plus aria-hidden="true" />} why={why} onClick={() => setOpen('new')}>
        New contact
      </Button>
    </>
  );
  return (
    <Page
      title="Contacts"
      description="People who can be called. A call with a contact’s number knows the contact: flows see its columns, such as contact.company."
      actions={actions}
    >
      <form role="search" aria-label="Search contacts" onSubmit={(event) => event.preventDefault()}>
        <SearchBox
          label="Search contacts by name, company, address or number"
          placeholder="Search by name, company or number"
          value={q}
          onChange={search}
          className="w-full sm:w-80"
        />
      </form>
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The contacts could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton />
          ) : list.data.length > 0 ? (
            <>
              <ContactTable contacts={list.data} more={list.hasNextPage} onEnd={onMore} onOpen={setOpen} />
              <LoadMore
                auto
                more={list.hasNextPage}
                busy={isFetchingNextPage}
                onMore={onMore}
                shown={plural(list.data.length, 'contact')}
              />
            </>
          ) : q ? (
            <Empty
              icon={<Icon />}
              title={`No contact has “${q}” in it`}
              action={<Button onClick={() => void navigate({ search: {} })}>Clear the search</Button>}
            >
              Names, companies, addresses and numbers are searched; all words must be there, in their order.
            </Empty>
          ) : (
            <Empty icon={<Icon />} title="No contacts yet" action={actions}>
              Import a table from a spreadsheet or your CRM. Any further column becomes a value that flows can
              use.
            </Empty>
          )}
        </Panel>
      )}
      {open === 'import' ? (
        <ImportDialog onClose={() => setOpen(undefined)} />
      ) : (
        open && (
          <ContactDialog
            key={open === 'new' ? 'new' : open.id}
            contact={open === 'new' ? undefined : open}
            onClose={() => setOpen(undefined)}
          />
        )
      )}
    </Page>
  );
}

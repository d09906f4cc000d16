import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, Contact as Icon, Plus, Upload } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { Button, buttonClass } from '@/components/button';
import { ChoiceSelect } from '@/components/choice-select';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { SearchBox } from '@/components/search-box';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { useRevealed } from '@/lib/reveal';
import { searchOf } from '@/lib/search';
import { type ContactQuery, contactsQuery } from '@/lib/server/contacts';
import { useMore } from '@/lib/use-more';
import { ContactDialog } from './contact-dialog';
import { ContactTable } from './contact-table';
import { ImportDialog } from './import-dialog';

export function ContactsPage() {
  const { why } = useMay('operate');
  const { q = '', blocked } = useSearch({ from: '/shell/contacts' });
  const navigate = useNavigate({ from: '/contacts' });
  const asked = useMemo<ContactQuery>(
    () => ({ ...(q && { search: q }), ...(blocked && { do_not_call: blocked === 'yes' }) }),
    [q, blocked],
  );
  const list = useInfiniteQuery(contactsQuery(asked));
  const { isFetchingNextPage } = list;
  const onMore = useMore(list);
  const revealed = useRevealed();
  const [open, setOpen] = useState<'new' | 'import'>();
  const search = useCallback(
    (words: string) =>
      void navigate({
        search: ({ q: _, ...rest }) => ({ ...rest, ...(words && { q: words }) }),
        replace: true,
      }),
    [navigate],
  );
  const filter = useCallback(
    (choice: string) =>
      void navigate({
        search: ({ blocked: _, ...rest }) => ({ ...rest, ...(choice && { blocked: choice }) }),
        replace: true,
      }),
    [navigate],
  );
  const actions = (
    <>
      <a
        href={`/v1/contacts.csv?${searchOf({ ...asked, ...revealed })}`}
        download="contacts.csv"
        title="The newest 100,000 contacts that match the filters"
        className={buttonClass()}
      >
        <Download aria-hidden="true" />
        Export CSV
      </a>
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
      <form
        role="search"
        aria-label="Search contacts"
        className="flex flex-wrap gap-2"
        onSubmit={(event) => event.preventDefault()}
      >
        <SearchBox
          label="Search contacts by name, company, address or number"
          placeholder="Search by name, company or number"
          value={q}
          onChange={search}
          className="w-full sm:w-80"
        />
        <ChoiceSelect
          label="Do not call"
          any="All contacts"
          value={blocked}
          choices={[
            ['yes', 'Not to be called'],
            ['no', 'May be called'],
          ]}
          onChange={filter}
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
          ) : list.data.length > 0 || list.hasNextPage ? (
            <>
              <ContactTable contacts={list.data} more={list.hasNextPage} onEnd={onMore} />
              <LoadMore
                auto
                more={list.hasNextPage}
                busy={isFetchingNextPage}
                onMore={onMore}
                shown={plural(list.data.length, 'contact')}
              />
            </>
          ) : q || blocked ? (
            <Empty
              icon={<Icon />}
              title={q ? `No such contact has “${q}” in it` : 'No contact is like that'}
              action={<Button onClick={() => void navigate({ search: {} })}>Clear the filters</Button>}
            >
              {q
                ? 'Names, companies, addresses and numbers are searched; all words must be there, in their order.'
                : 'Whether a contact may be called is set on its page, or by a column of a table that is imported.'}
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
        open && <ContactDialog contact={undefined} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

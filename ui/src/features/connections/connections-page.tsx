import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Cable, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { connectionKindsQuery, connectionsQuery } from '@/lib/server/connections';
import type { Connection } from '@/lib/types';
import { ConnectionDialog } from './connection-dialog';
import { ConnectionRow } from './connection-row';

export function ConnectionsPage() {
  const { why } = useMay('admin');
  const list = useInfiniteQuery(connectionsQuery());
  const kinds = useQuery(connectionKindsQuery());
  const [open, setOpen] = useState<Connection | 'new'>();
  const create = (
    <Button look="primary" icon={<Plus aria-hidden="true" />} why={why} onClick={() => setOpen('new')}>
      New connection
    </Button>
  );
  const labelOf = (kind: string) => kinds.data?.find((each) => each.name === kind)?.label ?? kind;
  return (
    <Page
      narrow
      title="Connections"
      description="Accounts that steps act through: a mail server, a number to text from, the key of another system. Passwords are kept sealed and never shown again."
      actions={create}
    >
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The connections could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton rows={3} />
          ) : list.data.length === 0 ? (
            <Empty icon={<Cable />} title="No connections yet" action={create}>
              Connect your mail server or Twilio account once. Every step that sends a mail or a text then
              uses it by its name.
            </Empty>
          ) : (
            <ul aria-label="Connections" className="divide-y divide-line">
              {list.data.map((connection) => (
                <ConnectionRow
                  key={connection.id}
                  connection={connection}
                  kind={labelOf(connection.kind)}
                  onEdit={() => setOpen(connection)}
                />
              ))}
            </ul>
          )}
          {list.data && list.data.length > 0 && (
            <LoadMore
              more={list.hasNextPage}
              busy={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
              shown={plural(list.data.length, 'connection')}
            />
          )}
        </Panel>
      )}
      {open && (
        <ConnectionDialog
          connection={open === 'new' ? undefined : open}
          kinds={kinds}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { keysQuery } from '@/lib/server/keys';
import { KeyRow } from './key-row';
import { NewKeyDialog } from './new-key-dialog';

export function KeysPage() {
  const { why } = useMay('admin');
  const list = useInfiniteQuery(keysQuery());
  const [creating, setCreating] = useState(false);
  const create = (
    <Button look="primary" icon={<Plus aria-hidden="true" />} why={why} onClick={() => setCreating(true)}>
      New key
    </Button>
  );
  return (
    <Page
      narrow
      title="API keys"
      description={
        <>
          For programs that send events or use the API. Only a hash of each key is kept. What they can do
          stands in the{' '}
          <a
            href="/docs"
            target="_blank"
            rel="noreferrer"
            className="rounded text-accent underline underline-offset-2"
          >
            API reference
          </a>
          .
        </>
      }
      actions={create}
    >
      {list.isError && !list.data ? (
        <Failure error={list.error} what="The keys could not be loaded" retry={() => void list.refetch()} />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton rows={3} />
          ) : list.data.length === 0 ? (
            <Empty icon={<KeyRound />} title="No keys yet" action={create}>
              Create one to send events with <code className="font-mono text-xs">POST /v1/events</code> or to
              manage flows from a script.
            </Empty>
          ) : (
            <ul aria-label="API keys" className="divide-y divide-line">
              {list.data.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </ul>
          )}
        </Panel>
      )}
      {creating && <NewKeyDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

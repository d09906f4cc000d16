import { useInfiniteQuery } from '@tanstack/react-query';
import { LockKeyhole, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { secretsQuery } from '@/lib/server/secrets';
import { NewSecretDialog } from './new-secret-dialog';
import { SecretRow } from './secret-row';

export function SecretsPage() {
  const { why } = useMay('admin');
  const list = useInfiniteQuery(secretsQuery());
  const [creating, setCreating] = useState(false);
  const create = (
    <Button look="primary" icon={<Plus aria-hidden="true" />} why={why} onClick={() => setCreating(true)}>
      New secret
    </Button>
  );
  return (
    <Page
      narrow
      title="Secrets"
      description="Values that flows use without showing them. They are kept sealed, never returned, and masked wherever they would appear."
      actions={create}
    >
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The secrets could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton rows={3} />
          ) : list.data.length === 0 ? (
            <Empty icon={<LockKeyhole />} title="No secrets yet" action={create}>
              Keep an API key or a webhook secret here, and write{' '}
              <code className="font-mono text-xs">{'{{ secrets.name }}'}</code> in a flow’s URL, header or
              body.
            </Empty>
          ) : (
            <ul aria-label="Secrets" className="divide-y divide-line">
              {list.data.map((secret) => (
                <SecretRow key={secret.name} secret={secret} />
              ))}
            </ul>
          )}
        </Panel>
      )}
      {creating && <NewSecretDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

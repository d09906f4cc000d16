import { useInfiniteQuery } from '@tanstack/react-query';
import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { endpointsQuery } from '@/lib/server/endpoints';
import { EndpointRow } from './endpoint-row';
import { NewEndpointDialog } from './new-endpoint-dialog';

export function EndpointsPage() {
  const { why } = useMay('admin');
  const list = useInfiniteQuery(endpointsQuery());
  const [creating, setCreating] = useState(false);
  const create = (
    <Button look="primary" icon={<Plus aria-hidden="true" />} why={why} onClick={() => setCreating(true)}>
      New endpoint
    </Button>
  );
  return (
    <Page
      narrow
      title="Endpoints"
      description="Addresses that your voice platforms send their webhooks to. Each belongs to one platform and checks its signature."
      actions={create}
    >
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The endpoints could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton rows={3} />
          ) : list.data.length === 0 ? (
            <Empty icon={<Plug />} title="No endpoints yet" action={create}>
              Create one for your platform, copy its address, and paste it into the platform’s webhook
              settings. Calls appear with the first message.
            </Empty>
          ) : (
            <ul aria-label="Endpoints" className="divide-y divide-line">
              {list.data.map((endpoint) => (
                <EndpointRow key={endpoint.id} endpoint={endpoint} />
              ))}
            </ul>
          )}
        </Panel>
      )}
      {creating && <NewEndpointDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Plus, Send } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { destinationsQuery } from '@/lib/server/destinations';
import { DestinationRow } from './destination-row';
import { LimitsDialog } from './limits-dialog';

/** Those in trouble come first. */
const order = ['open', 'paused', 'limited', 'half_open', 'closed'];

export function DestinationsPage() {
  const list = useQuery(destinationsQuery());
  const [adding, setAdding] = useState(false);
  const { why } = useMay('write');
  const add = (
    <Button look="primary" icon={<Plus aria-hidden="true" />} why={why} onClick={() => setAdding(true)}>
      Limit a destination
    </Button>
  );
  const shown = list.data && [...list.data].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <Page
      narrow
      title="Destinations"
      description="Where your flows send to. One that fails again and again is held back until a single call gets through; its runs wait and lose nothing."
      actions={add}
    >
      {list.isError && !shown ? (
        <Failure
          error={list.error}
          what="The destinations could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : (
        <Panel flush>
          {!shown ? (
            <Skeleton rows={3} />
          ) : shown.length === 0 ? (
            <Empty icon={<Send />} title="Nothing was sent lately" action={add}>
              Each host that a flow sends to appears here with its first call. Set a limit before that, if the
              receiver has one.
            </Empty>
          ) : (
            <ul aria-label="Destinations" className="divide-y divide-line">
              {shown.map((destination) => (
                <DestinationRow key={destination.name} destination={destination} />
              ))}
            </ul>
          )}
        </Panel>
      )}
      {adding && <LimitsDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Network } from 'lucide-react';
import { Copyable } from '@/components/copyable';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { networkQuery } from '@/lib/server/settings';
import { NetworkForm } from './network-form';

/** Where requests may go, and where they come from. */
export function NetworkPage() {
  const admin = useMay('admin').may;
  const network = useQuery(networkQuery());
  return (
    <Page
      narrow
      title="Network"
      description="Which internal networks requests of this workspace may reach, and which addresses they come from."
    >
      {network.isError && !network.data ? (
        <Failure
          error={network.error}
          what="The settings could not be loaded"
          retry={() => void network.refetch()}
        />
      ) : !network.data ? (
        <Skeleton rows={4} label="Loading the settings" />
      ) : admin ? (
        <NetworkForm key={JSON.stringify(network.data.value)} known={network.data} />
      ) : (
        <>
          <Noted
            title="Internal networks that requests may reach"
            addresses={network.data.value.forbidden ? [] : network.data.value.allow_networks}
            none={
              network.data.value.forbidden
                ? 'Requests reach public addresses only, and those that whoever runs this server has opened.'
                : 'Requests reach public addresses only. An admin can open a network here.'
            }
          />
          <Noted
            title="Addresses our requests come from"
            addresses={network.data.value.egress_addresses}
            none="Nobody has noted them. An admin can, once whoever runs the server has said which they are."
          />
        </>
      )}
    </Page>
  );
}

/** One of the lists, for who may read it. */
function Noted({ title, addresses, none }: { title: string; addresses: string[]; none: string }) {
  return (
    <Panel title={title}>
      {addresses.length === 0 ? (
        <Empty icon={<Network />} title="None">
          {none}
        </Empty>
      ) : (
        <ul className="flex flex-col gap-2">
          {addresses.map((address) => (
            <li key={address}>
              <Copyable text={address} label={`Copy ${address}`} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

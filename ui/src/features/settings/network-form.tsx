import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { NotSaved } from '@/components/not-saved';
import { Notice } from '@/components/notice';
import { Panel } from '@/components/panel';
import { problemsOf } from '@/lib/problem';
import type { Known } from '@/lib/server/known';
import { useSaveNetwork } from '@/lib/server/settings';
import { sayAfter } from '@/lib/toasts';
import type { NetworkSettings } from '@/lib/types';
import { AddressList } from './address-list';
import { Forbidden } from './forbidden';

const given = (addresses: string[]) => addresses.map((text) => text.trim()).filter(Boolean);

/** Both lists, for who may change them. */
export function NetworkForm({ known }: { known: Known<NetworkSettings> }) {
  const network = known.value;
  const save = useSaveNetwork(known);
  const [allow, setAllow] = useState(network.allow_networks);
  const [egress, setEgress] = useState(network.egress_addresses);
  const problems = problemsOf(save.error);
  const wrong = (path: string) => problems.find((problem) => problem.path === path)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const allow_networks = network.forbidden ? [] : given(allow);
    const egress_addresses = given(egress);
    // What is refused is told by its place.
    setAllow(allow_networks);
    setEgress(egress_addresses);
    const saved = save.mutateAsync({ ...network, allow_networks, egress_addresses });
    sayAfter(saved, 'Network saved', 'It goes for every request from now on.');
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.isError && problems.length === 0 && (
        <NotSaved error={save.error} what="The settings were not saved" />
      )}
      <Panel title="Internal networks that requests may reach">
        <div className="flex flex-col gap-3">
          <p className="text-ink-soft">
            Requests reach public addresses only. A network that stands here is open to every flow, connection
            and endpoint of this workspace: <code className="font-mono text-xs">10.0.0.0/8</code>, one port of
            one host <code className="font-mono text-xs">10.1.2.3:8080</code>,{' '}
            <code className="font-mono text-xs">[fd00::/8]:443</code>. Link-local addresses and those of
            clouds’ metadata services stay shut.
          </p>
          {network.forbidden && <Forbidden opened={network.allow_networks} />}
          {allow.length > 0 && !network.forbidden && (
            <Notice tone="wait" title="Whoever may edit a flow reaches what stands here">
              With any request that they like, and reads the answers. Open single hosts and ports, and none
              that trusts whoever is inside.
            </Notice>
          )}
          {!network.forbidden && (
            <AddressList
              one="Network"
              placeholder="10.1.2.3:8080"
              addresses={allow}
              onChange={setAllow}
              problem={(at) => wrong(`/allow_networks/${at}`)}
            />
          )}
        </div>
      </Panel>
      <Panel title="Addresses our requests come from">
        <div className="flex flex-col gap-3">
          <p className="text-ink-soft">
            For receivers behind a firewall. The server cannot see under which addresses it leaves your
            network: note here what whoever runs it says, and everybody of the workspace can copy it.
          </p>
          <AddressList
            one="Address"
            placeholder="198.51.100.7"
            addresses={egress}
            onChange={setEgress}
            problem={(at) => wrong(`/egress_addresses/${at}`)}
          />
        </div>
      </Panel>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}

import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Copyable } from '@/components/copyable';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { useMay } from '@/lib/may';
import { useChangeEndpoint } from '@/lib/server/endpoints';
import { say } from '@/lib/toasts';
import type { AuthField, Endpoint } from '@/lib/types';
import { masked } from './masked';
import { SecretForm } from './secret-form';

/** Its address, its secret, its switch. */
export function EndpointSettings({ endpoint, fields }: { endpoint: Endpoint; fields: AuthField[] }) {
  const { rotate, patch } = useChangeEndpoint(endpoint.id);
  const { why } = useMay('admin');
  const [asking, setAsking] = useState(false);
  return (
    <Panel title="Address and secret">
      <div className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <Copyable text={endpoint.url} label="Copy address" why={masked(endpoint.url)} />
          <p className="text-xs text-ink-mute">
            It cannot be guessed. Whoever knows it can try to send, so treat it like a password.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button size="sm" why={why} onClick={() => setAsking(true)}>
              New address
            </Button>
            <Button
              size="sm"
              why={why}
              busy={patch.isPending}
              onClick={() =>
                patch.mutate(
                  { enabled: !endpoint.enabled },
                  { onSuccess: () => say(endpoint.enabled ? 'Endpoint is off' : 'Endpoint is on') },
                )
              }
            >
              {endpoint.enabled ? 'Turn off' : 'Turn on'}
            </Button>
          </div>
          {patch.isError && <Failure error={patch.error} what="The endpoint was not changed" />}
        </div>
        <SecretForm endpoint={endpoint} fields={fields} />
      </div>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title="Give it a new address?"
        confirm="New address"
        busy={rotate.isPending}
        error={rotate.isError && <Failure error={rotate.error} what="The address stays" />}
        onConfirm={() =>
          rotate.mutate(
            { address: true },
            {
              onSuccess: () => {
                setAsking(false);
                say('New address', 'Put it into the platform’s settings.');
              },
            },
          )
        }
      >
        The old one answers 404 at once. Until the platform knows the new one, its messages are lost.
      </Confirm>
    </Panel>
  );
}

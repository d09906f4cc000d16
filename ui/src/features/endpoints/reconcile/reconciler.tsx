import { useQuery } from '@tanstack/react-query';
import { Search, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { providersQuery } from '@/lib/server/providers';
import type { Endpoint } from '@/lib/types';
import { LookDialog } from './look-dialog';
import { ReconcileState } from './reconcile-state';
import { SettingsDialog } from './settings-dialog';

/** Looking for calls whose webhooks never came: how it does, its settings, and a look at once. */
export function Reconciler({ endpoint }: { endpoint: Endpoint }) {
  const providers = useQuery(providersQuery());
  const [shown, setShown] = useState<'settings' | 'look' | null>(null);
  const provider = providers.data?.find((each) => each.name === endpoint.provider);
  if (!provider?.call_list) return null;
  const close = () => setShown(null);
  const { reconcile } = endpoint;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5 text-xs text-ink-mute">
      {reconcile ? (
        <ReconcileState reconcile={reconcile} enabled={endpoint.enabled} />
      ) : (
        <p className="max-w-prose pt-1">
          A webhook that never comes is a call that is missed. {provider.title} can be asked which calls there
          were.
        </p>
      )}
      <div className="flex flex-wrap gap-1.5">
        {reconcile && (
          <Button
            size="sm"
            icon={<Search aria-hidden="true" />}
            aria-label={`Look now for missed calls of ${endpoint.name}`}
            why={endpoint.enabled ? undefined : 'the endpoint is off'}
            onClick={() => setShown('look')}
          >
            Look now
          </Button>
        )}
        <Button
          size="sm"
          look={reconcile ? 'quiet' : 'plain'}
          icon={<Settings2 aria-hidden="true" />}
          aria-label={`${reconcile ? 'Settings of looking' : 'Look'} for missed calls of ${endpoint.name}`}
          onClick={() => setShown('settings')}
        >
          {reconcile ? 'Settings' : 'Look for missed calls'}
        </Button>
      </div>
      {shown === 'settings' && (
        <SettingsDialog
          endpoint={endpoint}
          title={provider.title}
          fields={provider.call_list}
          onClose={close}
        />
      )}
      {shown === 'look' && <LookDialog endpoint={endpoint} onClose={close} />}
    </div>
  );
}

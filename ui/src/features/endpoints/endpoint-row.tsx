import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { Confirm } from '@/components/confirm';
import { CopyButton } from '@/components/copy-button';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { Time } from '@/components/time';
import { useMay } from '@/lib/may';
import { useDeleteEndpoint } from '@/lib/server/endpoints';
import { providersQuery } from '@/lib/server/providers';
import { say } from '@/lib/toasts';
import type { Endpoint } from '@/lib/types';
import { LineState } from './line-state';
import { masked } from './masked';
import { Reconciler } from './reconcile/reconciler';

export function EndpointRow({ endpoint }: { endpoint: Endpoint }) {
  const { why } = useMay('admin');
  const [asking, setAsking] = useState(false);
  const remove = useDeleteEndpoint();
  const providers = useQuery(providersQuery());
  const signs = providers.data?.find((each) => each.name === endpoint.provider)?.signs;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex items-center justify-between gap-3">
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <Link
            to="/endpoints/$endpointId"
            params={{ endpointId: endpoint.id }}
            className="truncate rounded font-medium hover:underline"
          >
            {endpoint.name}
          </Link>
          <Badge>{endpoint.provider}</Badge>
          {endpoint.signature === 'off' && <Badge tone="wait">signature not checked</Badge>}
          {endpoint.signature === 'required' && !endpoint.has_secret && signs && (
            <Badge tone="bad">no secret set</Badge>
          )}
          {!endpoint.enabled && <Badge>off</Badge>}
          {endpoint.enabled && !endpoint.first_message_at && (
            <Badge tone="wait">waits for its first message</Badge>
          )}
          <span className="text-xs text-ink-mute">
            since <Time at={endpoint.created_at} />
          </span>
        </span>
        <IconButton
          size="sm"
          why={why}
          label={`Delete endpoint ${endpoint.name}`}
          icon={<Trash2 aria-hidden="true" />}
          onClick={() => setAsking(true)}
        />
      </div>
      <div className="flex items-center gap-1">
        <code className="min-w-0 truncate rounded bg-inset px-2 py-1 font-mono text-xs" title={endpoint.url}>
          {endpoint.url}
        </code>
        <CopyButton
          text={endpoint.url}
          label={`Copy the address of ${endpoint.name}`}
          why={masked(endpoint.url)}
        />
      </div>
      {endpoint.link && <LineState link={endpoint.link} />}
      <Reconciler endpoint={endpoint} />
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete “${endpoint.name}”?`}
        confirm="Delete the endpoint"
        busy={remove.isPending}
        error={remove.isError && <Failure error={remove.error} what="The endpoint was not deleted" />}
        onConfirm={() => remove.mutate(endpoint.id, { onSuccess: () => say('Endpoint deleted') })}
      >
        Messages to its address are refused from now on, and the address never comes back. Calls that came in
        through it stay.
      </Confirm>
    </li>
  );
}

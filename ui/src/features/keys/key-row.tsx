import { RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { Time } from '@/components/time';
import { useDeleteKey } from '@/lib/server/keys';
import { say } from '@/lib/toasts';
import type { Key } from '@/lib/types';
import { RotateKeyDialog } from './rotate-key-dialog';

export function KeyRow({ apiKey }: { apiKey: Key }) {
  const [asking, setAsking] = useState(false);
  const [rotating, setRotating] = useState(false);
  const remove = useDeleteKey();
  const expired = apiKey.expires_at ? Date.parse(apiKey.expires_at) < Date.now() : false;
  return (
    <li className="flex items-center justify-between gap-3 px-4 py-2.5">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <span className="truncate font-medium">{apiKey.name}</span>
          <code className="font-mono text-xs text-ink-mute">…{apiKey.last_four}</code>
          {apiKey.scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
          {expired && <Badge tone="bad">expired</Badge>}
        </p>
        <p className="text-xs text-ink-mute">
          created <Time at={apiKey.created_at} />
          {' · '}
          {apiKey.last_used_at ? (
            <>
              last used <Time at={apiKey.last_used_at} relative />
            </>
          ) : (
            'never used'
          )}
          {apiKey.expires_at && (
            <>
              {' · '}
              {expired ? 'expired' : 'expires'} <Time at={apiKey.expires_at} />
            </>
          )}
        </p>
      </div>
      <span className="flex shrink-0 gap-1">
        <IconButton
          size="sm"
          label={`Rotate key ${apiKey.name}`}
          icon={<RefreshCw aria-hidden="true" />}
          onClick={() => setRotating(true)}
        />
        <IconButton
          size="sm"
          label={`Delete key ${apiKey.name}`}
          icon={<Trash2 aria-hidden="true" />}
          onClick={() => setAsking(true)}
        />
      </span>
      {rotating && <RotateKeyDialog apiKey={apiKey} onClose={() => setRotating(false)} />}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete “${apiKey.name}”?`}
        confirm="Delete the key"
        busy={remove.isPending}
        error={remove.isError && <Failure error={remove.error} what="The key was not deleted" />}
        onConfirm={() => remove.mutate(apiKey.id, { onSuccess: () => say('Key deleted') })}
      >
        Programs that use it are refused at once. This cannot be taken back.
      </Confirm>
    </li>
  );
}

import { RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { CopyButton } from '@/components/copy-button';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { Time } from '@/components/time';
import { UsedBy } from '@/components/used-by';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { useDeleteSecret } from '@/lib/server/secrets';
import { say } from '@/lib/toasts';
import type { Secret } from '@/lib/types';
import { ReplaceSecretDialog } from './replace-secret-dialog';

export function SecretRow({ secret }: { secret: Secret }) {
  const { why } = useMay('admin');
  const [asking, setAsking] = useState(false);
  const [replacing, setReplacing] = useState(false);
  const remove = useDeleteSecret();
  const use = `{{ secrets.${secret.name} }}`;
  return (
    <li className="flex items-center justify-between gap-3 px-4 py-2.5">
      <div className="min-w-0">
        <p className="flex items-center gap-1">
          <span className="truncate font-mono text-xs font-medium">{secret.name}</span>
          <CopyButton text={use} label={`Copy ${use}`} />
        </p>
        <p className="text-xs text-ink-mute">
          changed <Time at={secret.updated_at} />
        </p>
        {secret.public_keys.map((key, at) => (
          <p key={key} className="flex items-center gap-1 text-xs text-ink-mute">
            <span className="shrink-0">{at === 0 ? 'public key' : 'still valid'}</span>
            <span className="truncate font-mono">{key}</span>
            <CopyButton text={key} label="Copy the public key" />
          </p>
        ))}
        <UsedBy flows={secret.used_by} />
      </div>
      <span className="flex items-center gap-1">
        <IconButton
          size="sm"
          label={`Replace the value of ${secret.name}`}
          icon={<RefreshCw aria-hidden="true" />}
          why={why}
          onClick={() => setReplacing(true)}
        />
        <IconButton
          size="sm"
          label={`Delete secret ${secret.name}`}
          icon={<Trash2 aria-hidden="true" />}
          why={why}
          onClick={() => setAsking(true)}
        />
      </span>
      {replacing && <ReplaceSecretDialog secret={secret} onClose={() => setReplacing(false)} />}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete “${secret.name}”?`}
        confirm="Delete the secret"
        busy={remove.isPending}
        error={remove.isError && <Failure error={remove.error} what="The secret was not deleted" />}
        onConfirm={() => remove.mutate(secret.name, { onSuccess: () => say('Secret deleted') })}
      >
        {secret.used_by.length > 0 &&
          `${plural(secret.used_by.length, 'flow')} ${secret.used_by.length === 1 ? 'uses' : 'use'} it: `}
        Steps that use it fail from now on. The value cannot be brought back.
      </Confirm>
    </li>
  );
}

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { OverlapField, USUAL_OVERLAP } from '@/components/overlap-field';
import { useSaveSecret } from '@/lib/server/secrets';
import { say } from '@/lib/toasts';
import type { Secret } from '@/lib/types';
import { ValueField } from './value-field';

/** Gives a secret another value, a key pair another pair; what uses it stays as it is. */
export function ReplaceSecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { name } = secret;
  const isPair = secret.public_keys.length > 0;
  const what = isPair ? 'key pair' : 'value';
  const save = useSaveSecret();
  const [value, setValue] = useState('');
  const [overlap, setOverlap] = useState(USUAL_OVERLAP);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const next = isPair ? { generate: 'ed25519' as const } : { value };
    save.mutate(
      { name, overlap_s: overlap, ...next },
      {
        onSuccess: () => {
          say(
            isPair ? 'Key pair replaced' : 'Value replaced',
            'Whatever begins within seconds from now uses it.',
          );
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`New ${what} of “${name}”`}
      description="What uses it takes the new one. While the old one still counts, webhooks are signed with both."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {save.isError && <Failure error={save.error} what={`The ${what} was not replaced`} />}
        {isPair ? (
          <p className="text-xs text-ink-mute">
            It is made here. The list shows both public keys until the old one ends: give receivers the new
            one before then.
          </p>
        ) : (
          <ValueField label="New value" value={value} onChange={setValue} />
        )}
        <OverlapField value={overlap} onChange={setOverlap} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={!isPair && !value}>
            Replace {what}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

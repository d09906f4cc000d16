import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Segmented } from '@/components/segmented';
import { useSaveSecret } from '@/lib/server/secrets';
import { say } from '@/lib/toasts';
import { ValueField } from './value-field';

type Props = {
  /** A name to begin with. */
  suggested?: string;
  /** Told the name, before it closes. */
  onSaved?: (name: string) => void;
  onClose: () => void;
};

export function NewSecretDialog({ suggested = '', onSaved, onClose }: Props) {
  const create = useSaveSecret();
  const [name, setName] = useState(suggested);
  const [value, setValue] = useState('');
  const [kind, setKind] = useState<'value' | 'key'>('value');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(kind === 'key' ? { name, generate: 'ed25519' } : { name, value }, {
      onSuccess: () => {
        onSaved?.(name);
        say('Secret saved', `Use it as {{ secrets.${name} }}.`);
        onClose();
      },
    });
  };
  return (
    <Dialog open onClose={onClose} title="New secret" description="Its value is not shown again.">
      <form onSubmit={submit} className="flex flex-col gap-4">
        {create.isError && <Failure error={create.error} what="The secret was not saved" />}
        <Field label="Name" help="Lower-case letters, digits and underscores, such as crm_key.">
          {(ids) => (
            <Input
              {...ids}
              required
              pattern="[a-z][a-z0-9_]*"
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-col items-start gap-1">
          <Segmented
            label="What it is"
            value={kind}
            onChange={setKind}
            options={[
              ['value', 'A value of yours'],
              ['key', 'A key pair'],
            ]}
          />
          {kind === 'key' && (
            <p className="text-xs text-ink-mute">
              Signs webhooks by Ed25519. It is made here; the list shows its public key, with which receivers
              verify.
            </p>
          )}
        </div>
        {kind === 'value' && <ValueField label="Value" value={value} onChange={setValue} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={create.isPending}
            disabled={!name || (kind === 'value' && !value)}
          >
            Save secret
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { type NewKey, useCreateKey } from '@/lib/server/keys';
import { NewToken } from './new-token';

const scopes: [NewKey['scopes'][number], string][] = [
  ['ingest', 'Send events only'],
  ['read', 'Read everything but secrets'],
  ['operate', 'Read, replay and cancel runs, keep contacts'],
  ['write', 'All that, and change flows, agents and campaigns'],
  ['admin', 'Everything, keys and secrets included'],
];

/** Makes a key and shows it once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateKey();
  const [name, setName] = useState('');
  const [scope, setScope] = useState(scopes[0]?.[0] ?? 'ingest');
  const [days, setDays] = useState('');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expires = days ? new Date(Date.now() + Number(days) * 86_400_000).toISOString() : undefined;
    create.mutate({ name: name.trim(), scopes: [scope], ...(expires && { expires_at: expires }) });
  };
  if (create.data) {
    return (
      <Dialog open onClose={onClose} title="Key created">
        <NewToken token={create.data.token} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title="New API key">
      <form onSubmit={submit} className="flex flex-col gap-4">
        {create.isError && <Failure error={create.error} what="The key was not created" />}
        <Field label="Name" help="Which program uses it, such as “billing service”.">
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="What it may do">
          {(ids) => (
            <Select {...ids} value={scope} onChange={(event) => setScope(event.target.value as typeof scope)}>
              {scopes.map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Expires">
          {(ids) => (
            <Select {...ids} value={days} onChange={(event) => setDays(event.target.value)}>
              <option value="">Never</option>
              <option value="30">In 30 days</option>
              <option value="90">In 90 days</option>
              <option value="365">In a year</option>
            </Select>
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={name.trim() === ''}>
            Create key
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

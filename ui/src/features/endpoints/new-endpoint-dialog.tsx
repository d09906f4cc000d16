import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { useCreateEndpoint } from '@/lib/server/endpoints';
import { providersQuery } from '@/lib/server/providers';
import { AuthFields } from './auth-fields';

/** A field that was left empty is not a setting. */
const given = (auth: Record<string, string>) =>
  Object.fromEntries(Object.entries(auth).filter(([, value]) => value.trim() !== ''));

/** Makes an endpoint, then leads to its page with the address and the steps. */
export function NewEndpointDialog({ onClose }: { onClose: () => void }) {
  const providers = useQuery(providersQuery());
  const create = useCreateEndpoint();
  const navigate = useNavigate();
  const [provider, setProvider] = useState('');
  const [name, setName] = useState('');
  const [auth, setAuth] = useState<Record<string, string>>({});
  const [unsigned, setUnsigned] = useState(false);
  const chosen = provider || providers.data?.[0]?.name || '';
  const platform = providers.data?.find((each) => each.name === chosen);

  // What was typed for one platform is not another's.
  const choose = (name: string) => {
    setProvider(name);
    setAuth({});
    setUnsigned(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const endpoint = {
      provider: chosen,
      name: name.trim(),
      ...(unsigned ? { signature: 'off' as const } : { auth: given(auth) }),
    };
    // Its page shows what is to be done in the platform's settings.
    create.mutate(endpoint, {
      onSuccess: ({ id }) => void navigate({ to: '/endpoints/$endpointId', params: { endpointId: id } }),
    });
  };
  return (
    <Dialog open onClose={onClose} title="New endpoint" description="One address for one platform.">
      <form onSubmit={submit} className="flex flex-col gap-4">
        {create.isError && <Failure error={create.error} what="The endpoint was not created" />}
        {providers.isError && <Failure error={providers.error} what="The platforms could not be loaded" />}
        <Field label="Platform">
          {(ids) => (
            <Select {...ids} value={chosen} onChange={(event) => choose(event.target.value)}>
              {providers.data?.map((each) => (
                <option key={each.name} value={each.name}>
                  {each.title}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Name" help="For you, such as “Vapi production”.">
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
        {platform && (
          <AuthFields fields={platform.auth} values={auth} disabled={unsigned} later onChange={setAuth} />
        )}
        {platform?.signs === false ? (
          <p className="text-xs text-ink-mute">
            {platform.title} does not sign what it sends: without a token, whoever knows the address can send.
          </p>
        ) : (
          <label className="flex items-start gap-2">
            <input
              type="checkbox"
              checked={unsigned}
              onChange={(event) => setUnsigned(event.target.checked)}
              className="mt-1"
            />
            <span>
              Accept messages without checking a signature
              <span className="block text-xs text-ink-mute">
                Whoever knows the address can then send events. For trying things out only.
              </span>
            </span>
          </label>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={create.isPending}
            disabled={!chosen || name.trim() === ''}
          >
            Create endpoint
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

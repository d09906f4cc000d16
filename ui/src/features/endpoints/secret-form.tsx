import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { OverlapField, USUAL_OVERLAP } from '@/components/overlap-field';
import { useMay } from '@/lib/may';
import { useChangeEndpoint } from '@/lib/server/endpoints';
import { say } from '@/lib/toasts';
import type { AuthField, Endpoint } from '@/lib/types';
import { AuthFields } from './auth-fields';

/** Sets what signatures are checked with, or replaces the secret while the old one still counts. */
export function SecretForm({ endpoint, fields }: { endpoint: Endpoint; fields: AuthField[] }) {
  const { rotate, patch } = useChangeEndpoint(endpoint.id);
  const { why } = useMay('admin');
  const [values, setValues] = useState<Record<string, string>>({});
  const [overlap, setOverlap] = useState(USUAL_OVERLAP);
  const secret = fields.filter(({ name }) => name === 'secret');
  // The secret alone can be replaced beside the old one; everything else is set as a whole.
  const replaces = endpoint.has_secret && secret.length > 0;
  const shown = replaces ? secret.map((field) => ({ ...field, title: `New ${lower(field.title)}` })) : fields;
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
  const done = () => {
    setValues({});
    say('Secret kept', 'Messages are checked with it from now on.');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (replaces) {
      const body = { secret: given.secret ?? '', overlap_s: overlap };
      rotate.mutate(body, { onSuccess: done });
    } else {
      patch.mutate({ auth: given, signature: 'required' }, { onSuccess: done });
    }
  };
  const failed = rotate.error ?? patch.error;
  return (
    <form id="secret" onSubmit={submit} className="flex scroll-mt-16 flex-col gap-3">
      <h3 className="font-medium">{replaces ? 'Replace the secret' : 'What messages are checked with'}</h3>
      {endpoint.signature === 'off' && (
        <p className="text-xs text-wait">Signatures are not checked now. With a secret they are.</p>
      )}
      <AuthFields fields={shown} values={values} disabled={false} onChange={setValues} />
      {replaces && <OverlapField value={overlap} onChange={setOverlap} />}
      {failed && <Failure error={failed} what="The secret was not kept" />}
      <div>
        <Button
          type="submit"
          size="sm"
          why={why}
          busy={rotate.isPending || patch.isPending}
          disabled={Object.keys(given).length === 0}
        >
          {replaces ? 'Replace' : 'Keep'}
        </Button>
      </div>
    </form>
  );
}

const lower = (title: string) =>
  /^[A-Z][a-z]/.test(title) ? title[0]?.toLowerCase() + title.slice(1) : title;

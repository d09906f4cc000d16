import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { NotSaved } from '@/components/not-saved';
import { useMay } from '@/lib/may';
import type { Known } from '@/lib/server/known';
import { useSaveNotify, useStopNotify } from '@/lib/server/settings';
import { say } from '@/lib/toasts';
import type { Notify } from '@/lib/types';

export function NotifyForm({ known }: { known: Known<Notify> }) {
  const notify = known.value;
  const { why } = useMay('admin');
  const [save, stop] = [useSaveNotify(known), useStopNotify()];
  const [url, setUrl] = useState(notify.webhook_url ?? '');
  const [secret, setSecret] = useState('');
  const [interval, setInterval] = useState(String(notify.min_interval_s));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { webhook_url: url.trim(), min_interval_s: Number(interval), ...(secret && { secret }) },
      {
        onSuccess: () => {
          setSecret('');
          say('Notifications saved', 'Every flow of this workspace is watched from now on.');
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.isError && <NotSaved error={save.error} what="The settings were not saved" />}
      {stop.isError && <Failure error={stop.error} what="The settings were not removed" />}
      <Field
        label="Webhook address"
        help="It receives the call’s payload with error and failed beside it. {{ secrets.name }} may stand in it."
      >
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={2000}
            autoComplete="off"
            spellCheck={false}
            placeholder="https://ops.example/switchhook"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Signing secret"
        help={
          notify.has_secret
            ? 'One is kept, and stays unless another is given.'
            : 'Optional: whsec_… or any text; the receiver checks the signature with it.'
        }
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="new-password"
            maxLength={2000}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Shortest time between two messages about one flow, in seconds"
        help="A message then says for how many failures it stands. 0 sends one for each run that fails."
      >
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={0}
            max={86400}
            required
            value={interval}
            onChange={(event) => setInterval(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-2">
        {notify.flow_id ? (
          <Link
            to="/flows/$flowId"
            params={{ flowId: notify.flow_id }}
            search={{ tab: 'runs' }}
            className="text-accent hover:underline"
          >
            What was sent
          </Link>
        ) : (
          <span className="text-ink-mute">Nobody is told yet.</span>
        )}
        <span className="flex gap-2">
          {notify.webhook_url !== null && (
            <Button
              look="danger"
              why={why}
              busy={stop.isPending}
              onClick={() => stop.mutate(undefined, { onSuccess: () => say('Notifications switched off') })}
            >
              Turn off
            </Button>
          )}
          <Button type="submit" look="primary" why={why} busy={save.isPending} disabled={!url.trim()}>
            Save
          </Button>
        </span>
      </div>
    </form>
  );
}

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { useMay } from '@/lib/may';
import { useSaveReconcile } from '@/lib/server/reconcile';
import { say } from '@/lib/toasts';
import type { AuthField, Endpoint } from '@/lib/types';
import { choices, every } from './every';

type Props = { endpoint: Endpoint; title: string; fields: AuthField[]; onClose: () => void };

/** How a platform is asked for its calls. A key that is there stays unless another is typed. */
export function SettingsDialog({ endpoint, title, fields, onClose }: Props) {
  const { reconcile } = endpoint;
  const { why } = useMay('admin');
  const save = useSaveReconcile(endpoint.id);
  const shown = Object.fromEntries(
    fields.map(({ name }) => [name, String((reconcile?.api as Record<string, unknown>)?.[name] ?? '')]),
  );
  const [api, setApi] = useState<Record<string, string>>(shown);
  const [seconds, setSeconds] = useState(reconcile?.every_s ?? 300);
  const [hours, setHours] = useState(String(reconcile?.look_back_h ?? 24));
  const [base, setBase] = useState(reconcile?.base_url ?? '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A key that was left empty is not a key that is removed.
    const given = fields.filter(({ name, secret }) => !secret || api[name]?.trim());
    const settings = {
      api: Object.fromEntries(given.map(({ name }) => [name, api[name]?.trim() ?? ''])),
      every_s: seconds,
      look_back_h: Number(hours),
      base_url: base.trim(),
    };
    save.mutate(settings, {
      onSuccess: () => {
        say(`Missed calls are looked for ${every(seconds)}`);
        onClose();
      },
    });
  };
  const end = () =>
    save.mutate(null, {
      onSuccess: () => {
        say('Missed calls are not looked for any more');
        onClose();
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Look for missed calls"
      description={`${title} is asked which calls there were. Those whose webhooks never came are taken in as if they had.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {save.isError && <Failure error={save.error} what="The settings were not saved" />}
        {fields.map((field) => (
          <Field
            key={field.name}
            label={field.required ? field.title : `${field.title} (optional)`}
            help={field.secret ? `${field.help} It is kept sealed and never shown again.` : field.help}
          >
            {(ids) => (
              <Input
                {...ids}
                type={field.secret ? 'password' : 'text'}
                autoComplete="off"
                required={field.required && !(field.secret && reconcile)}
                placeholder={field.secret && reconcile ? 'unchanged' : undefined}
                value={api[field.name] ?? ''}
                onChange={(event) => setApi({ ...api, [field.name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Look">
            {(ids) => (
              <Select {...ids} value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>
                {[...new Set([...choices, seconds])]
                  .sort((a, b) => a - b)
                  .map((choice) => (
                    <option key={choice} value={choice}>
                      {every(choice)}
                    </option>
                  ))}
              </Select>
            )}
          </Field>
          <Field
            label="At most so far back (hours)"
            help="After a pause; never before the endpoint was made."
          >
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={1}
                max={168}
                required
                value={hours}
                onChange={(event) => setHours(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Field label="Address of the API (optional)" help="Only where it is not the platform’s usual one.">
          {(ids) => (
            <Input {...ids} type="url" value={base} onChange={(event) => setBase(event.target.value)} />
          )}
        </Field>
        <div className="flex flex-wrap justify-end gap-2">
          {reconcile && (
            <Button look="danger" className="mr-auto" why={why} disabled={save.isPending} onClick={end}>
              Stop looking
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" why={why} busy={save.isPending}>
            {reconcile ? 'Save' : 'Start looking'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

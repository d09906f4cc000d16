import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { NotSaved } from '@/components/not-saved';
import { useMay } from '@/lib/may';
import type { Known } from '@/lib/server/known';
import { useSaveQuiet } from '@/lib/server/settings';
import { say } from '@/lib/toasts';
import type { Quiet } from '@/lib/types';

/** Whether agents that should have had calls and had none are alerts. */
export function QuietForm({ known }: { known: Known<Quiet> }) {
  const quiet = known.value;
  const { why } = useMay('admin');
  const save = useSaveQuiet(known);
  const [enabled, setEnabled] = useState(quiet.enabled);
  const [except, setExcept] = useState(quiet.except.join(', '));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const names = except.split(',').map((name) => name.trim());
    save.mutate(
      { enabled, except: names.filter((name) => name !== '') },
      { onSuccess: () => say(enabled ? 'Quiet agents raise alerts' : 'Quiet agents raise no alerts') },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.isError && <NotSaved error={save.error} what="The setting was not saved" />}
      <p className="text-ink-soft">
        Nothing fails when a platform stops sending. An agent that has no calls at an hour that usually brings
        some is an alert, until its next call.
      </p>
      <label className="flex items-center gap-2">
        <input type="checkbox" checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />
        Raise an alert when an agent goes quiet
      </label>
      {enabled && (
        <Field label="Except these agents" help="Names as calls show them, separated by commas.">
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              placeholder="Night desk, Test agent"
              value={except}
              onChange={(event) => setExcept(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="flex justify-end">
        <Button type="submit" look="primary" why={why} busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}

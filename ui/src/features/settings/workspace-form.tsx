import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { NotSaved } from '@/components/not-saved';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import type { Known } from '@/lib/server/known';
import { useSaveWorkspace } from '@/lib/server/settings';
import { sayAfter } from '@/lib/toasts';
import type { WorkspaceSettings } from '@/lib/types';

/** What the workspace is called, and how long its calls are waited for. */
export function WorkspaceForm({ known }: { known: Known<WorkspaceSettings> }) {
  const workspace = known.value;
  const { why } = useMay('admin');
  const save = useSaveWorkspace(known);
  const [name, setName] = useState(workspace.name);
  const [settle, setSettle] = useState(String(workspace.settle_within_s ?? ''));
  const problems = problemsOf(save.error);
  const wrong = (path: string) => problems.find((problem) => problem.path === path)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), settle_within_s: settle ? Number(settle) : null };
    sayAfter(save.mutateAsync(body), 'Workspace saved');
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.isError && problems.length === 0 && (
        <NotSaved error={save.error} what="The workspace was not saved" />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" help="Flows read it as workspace_name." error={wrong('/name')}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={100}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Wait for a call’s analysis, in seconds"
          help="From the end of the call, 10 to 3600; then what follows it goes out without. For agents that do not say. 300 if left empty."
          error={wrong('/settle_within_s')}
        >
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={10}
              max={3600}
              placeholder="300"
              value={settle}
              onChange={(event) => setSettle(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="flex justify-end">
        <Button type="submit" look="primary" why={why} busy={save.isPending} disabled={!name.trim()}>
          Save
        </Button>
      </div>
    </form>
  );
}

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { OverlapField, USUAL_OVERLAP } from '@/components/overlap-field';
import { useSaveSecret } from '@/lib/server/secrets';
import { say } from '@/lib/toasts';

/** Gives a secret another value; what uses it stays as it is. */
export function ReplaceSecretDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const save = useSaveSecret();
  const [value, setValue] = useState('');
  const [overlap, setOverlap] = useState(USUAL_OVERLAP);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { name, value, overlap_s: overlap },
      {
        onSuccess: () => {
          say('Value replaced', 'Whatever begins within seconds from now uses it.');
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`New value of “${name}”`}
      description="What uses it takes the new one. While the old one still counts, webhooks are signed with both."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {save.isError && <Failure error={save.error} what="The value was not replaced" />}
        <Field label="New value">
          {(ids) => (
            <Input
              {...ids}
              type="password"
              autoComplete="new-password"
              required
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
        <OverlapField value={overlap} onChange={setOverlap} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={!value}>
            Replace value
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

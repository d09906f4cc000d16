import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { useChangeMember } from '@/lib/server/members';
import type { Member } from '@/lib/types';

/** Takes another name for a member. */
export function RenameDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const change = useChangeMember(member.id);
  const [name, setName] = useState(member.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ name: name.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog open onClose={onClose} title={`Rename ${member.name}`}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {change.isError && <Failure error={change.error} what="The name stays" />}
        <Field label="Name">
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={200}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={change.isPending} disabled={name.trim() === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

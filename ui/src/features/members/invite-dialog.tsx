import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { roleMeans } from '@/lib/may';
import { useInvite } from '@/lib/server/members';
import type { Role } from '@/lib/types';
import { LinkView } from './link-view';
import { RoleSelect } from './role-select';
import { roleName } from './roles';

/** Takes a name and a role, and shows the link to hand over. */
export function InviteDialog({ isOwner, onClose }: { isOwner: boolean; onClose: () => void }) {
  const invite = useInvite();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ name: name.trim(), role, ...(email.trim() && { email: email.trim() }) });
  };
  if (invite.data) {
    return (
      <Dialog open onClose={onClose} title={`${invite.data.name} is invited`}>
        <LinkView name={invite.data.name} link={invite.data.link} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title="Invite somebody" description="You get a link to hand to them.">
      <form onSubmit={submit} className="flex flex-col gap-4">
        {invite.isError && <Failure error={invite.error} what="Nobody was invited" />}
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
        <Field
          label="E-mail address"
          help="Optional; it tells people of the same name apart. Nothing is sent."
        >
          {(ids) => (
            <Input
              {...ids}
              type="email"
              maxLength={254}
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Role" help={`${roleName(role)}: ${roleMeans(role)}.`}>
          {(ids) => <RoleSelect {...ids} value={role} onChange={setRole} isOwner={isOwner} />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={invite.isPending} disabled={name.trim() === ''}>
            Make a link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { Menu } from '@/components/menu';
import { Time } from '@/components/time';
import { plural } from '@/lib/format';
import { useChangeMember, useRemoveMember, useRevokeLink } from '@/lib/server/members';
import { say } from '@/lib/toasts';
import type { Member, Role } from '@/lib/types';
import { LinkDialog } from './link-dialog';
import { RenameDialog } from './rename-dialog';
import { RoleSelect } from './role-select';
import { roleName } from './roles';

type Props = { member: Member; isMe: boolean; isOwner: boolean; why: string | undefined };

/** A member, their role, and what can be done about them. */
export function MemberRow({ member, isMe, isOwner, why }: Props) {
  const [asking, setAsking] = useState<'remove' | 'link' | 'rename'>();
  const [change, remove, revoke] = [
    useChangeMember(member.id),
    useRemoveMember(member.id),
    useRevokeLink(member.id),
  ];
  const refused = why ?? (member.role === 'owner' && !isOwner ? 'Only an owner changes owners.' : undefined);
  const setRole = (role: Role) =>
    change.mutate(
      { role },
      {
        onSuccess: () =>
          say(
            `${member.name} is ${roleName(role).toLowerCase()} now`,
            role === 'owner' ? 'They sign in anew: make a link for them.' : 'It counts at once.',
          ),
      },
    );
  const failed = change.error ?? revoke.error;
  return (
    <li className="flex flex-col gap-2 px-4 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-2">
            <span className="truncate font-medium">{member.name}</span>
            {isMe && <Badge tone="live">you</Badge>}
            {!member.joined_at && <Badge tone="wait">invited</Badge>}
          </p>
          <p className="text-xs text-ink-mute">
            {member.email && <>{member.email} · </>}
            {member.seen_at ? (
              <>
                seen <Time at={member.seen_at} relative /> · {plural(member.sessions, 'session')}
              </>
            ) : (
              'has not signed in yet'
            )}
            {member.link_expires_at && (
              <>
                {' '}
                · link until <Time at={member.link_expires_at} />
              </>
            )}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <RoleSelect
            aria-label={`Role of ${member.name}`}
            title={refused}
            disabled={refused !== undefined || change.isPending}
            value={member.role}
            onChange={setRole}
            isOwner={isOwner}
          />
          <Menu
            label={`About ${member.name}`}
            trigger={
              <IconButton label={`More about ${member.name}`} icon={<MoreHorizontal aria-hidden="true" />} />
            }
            items={[
              {
                label: 'Rename',
                hint: refused,
                disabled: refused !== undefined,
                onSelect: () => setAsking('rename'),
              },
              {
                label: 'Make a sign-in link',
                hint: refused ?? 'In place of the one before',
                disabled: refused !== undefined,
                onSelect: () => setAsking('link'),
              },
              ...(member.link_expires_at
                ? [
                    {
                      label: 'Take the link back',
                      hint: refused,
                      disabled: refused !== undefined,
                      onSelect: () =>
                        revoke.mutate(undefined, { onSuccess: () => say('The link works no more') }),
                    },
                  ]
                : []),
              {
                label: 'Remove',
                hint: refused,
                danger: true,
                disabled: refused !== undefined,
                onSelect: () => setAsking('remove'),
              },
            ]}
          />
        </div>
      </div>
      {failed && <Failure error={failed} what="Nothing was changed" />}
      {asking === 'rename' && <RenameDialog member={member} onClose={() => setAsking(undefined)} />}
      {asking === 'link' && <LinkDialog member={member} onClose={() => setAsking(undefined)} />}
      <Confirm
        open={asking === 'remove'}
        onClose={() => setAsking(undefined)}
        title={`Remove ${member.name}?`}
        confirm="Remove"
        busy={remove.isPending}
        error={remove.isError && <Failure error={remove.error} what="Nobody was removed" />}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => say(`${member.name} was removed`) })}
      >
        Their sessions and links end at once. What they made stays, and so do API keys that they know: rotate
        those under API keys.
      </Confirm>
    </li>
  );
}

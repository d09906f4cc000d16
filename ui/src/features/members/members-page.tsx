import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { membersQuery } from '@/lib/server/members';
import { sessionQuery } from '@/lib/server/session';
import { InviteDialog } from './invite-dialog';
import { MemberRow } from './member-row';
import { RoleTable } from './role-table';

/** Who may sign in to this workspace, and what each may do. */
export function MembersPage() {
  const list = useQuery(membersQuery());
  const session = useQuery(sessionQuery());
  const { why } = useMay('admin');
  const [inviting, setInviting] = useState(false);
  const isOwner = session.data?.role === 'owner';
  return (
    <Page
      narrow
      title="Members"
      description="People sign in with a link that works once. What they made stays when they are removed."
      actions={
        <Button
          look="primary"
          icon={<UserPlus aria-hidden="true" />}
          why={why}
          onClick={() => setInviting(true)}
        >
          Invite
        </Button>
      }
    >
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The members could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton rows={3} />
          ) : (
            <ul aria-label="Members" className="divide-y divide-line">
              {list.data.map((member) => (
                <MemberRow
                  key={member.id}
                  member={member}
                  isMe={member.id === session.data?.member_id}
                  isOwner={isOwner}
                  why={why}
                />
              ))}
            </ul>
          )}
        </Panel>
      )}
      <RoleTable />
      {inviting && <InviteDialog isOwner={isOwner} onClose={() => setInviting(false)} />}
    </Page>
  );
}

import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { useNewLink } from '@/lib/server/members';
import type { Member } from '@/lib/types';
import { LinkView } from './link-view';

/** Asks first, for the link before ends; then shows the new one. */
export function LinkDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const make = useNewLink(member.id);
  return (
    <Dialog open onClose={onClose} title={`Sign-in link for ${member.name}`}>
      {make.data ? (
        <LinkView name={member.name} link={make.data.link} onDone={onClose} />
      ) : (
        <>
          {make.isError && <Failure error={make.error} what="No link was made" />}
          <p className="text-ink-soft">
            For another browser, or after their session has ended.
            {member.link_expires_at && ' The link that was made before works no more then.'}
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" busy={make.isPending} onClick={() => make.mutate()}>
              Make a link
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

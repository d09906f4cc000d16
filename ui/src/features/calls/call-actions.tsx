import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, ChevronUp, Link as LinkIcon, MoreHorizontal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { Menu } from '@/components/menu';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { useDeleteCall } from '@/lib/server/calls';
import { say } from '@/lib/toasts';
import type { Call } from '@/lib/types';
import { useNeighbours } from './neighbours';

/** What can be done with a call: its neighbours, its link, a flow on it, forgetting it. */
export function CallActions({ call, onTry }: { call: Call; onTry: () => void }) {
  const { why } = useMay('write');
  const navigate = useNavigate();
  const { newer, older, go } = useNeighbours(call.id);
  const [asking, setAsking] = useState(false);
  const remove = useDeleteCall(call.id);
  const live = call.runs.filter(({ status }) => status === 'running' || status === 'waiting').length;
  return (
    <>
      <IconButton
        label={newer ? 'Newer call (Shift K)' : 'No newer call in this list'}
        aria-disabled={!newer}
        icon={<ChevronUp aria-hidden="true" />}
        onClick={() => go(newer)}
      />
      <IconButton
        label={older ? 'Older call (Shift J)' : 'No older call'}
        aria-disabled={!older}
        icon={<ChevronDown aria-hidden="true" />}
        onClick={() => go(older)}
      />
      <Button onClick={onTry}>Try a flow</Button>
      <Menu
        label="More"
        trigger={<IconButton label="More" icon={<MoreHorizontal aria-hidden="true" />} />}
        items={[
          {
            label: 'Copy link',
            hint: 'To this call as it is shown here',
            icon: <LinkIcon aria-hidden="true" />,
            onSelect: () =>
              void navigator.clipboard.writeText(location.href).then(
                () => say('Link copied'),
                () => say('The browser does not let the link be copied', location.href),
              ),
          },
          {
            label: 'Delete …',
            hint: why ?? 'With its messages, events and finished runs',
            disabled: why !== undefined,
            icon: <Trash2 aria-hidden="true" />,
            danger: true,
            onSelect: () => setAsking(true),
          },
        ]}
      />
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title="Delete this call?"
        confirm="Delete the call"
        busy={remove.isPending}
        error={remove.isError && <Failure error={remove.error} what="The call was not deleted" />}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              say('The call is deleted');
              void navigate({ to: '/calls', search: {} });
            },
          })
        }
      >
        Its transcript, messages, events and finished runs with their journals are removed; nothing brings
        them back. What was sent to other systems stays there.
        {live > 0 && ` ${plural(live, 'run')} that ${live === 1 ? 'has' : 'have'} not ended will go on.`}
      </Confirm>
    </>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { Copy, MoreHorizontal, Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { Menu } from '@/components/menu';
import { useDeleteFlow, useDuplicateFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';
import { SwitchFlow } from './switch-flow';

/** Enable, disable, duplicate, delete. */
export function FlowActions({ flow }: { flow: Flow }) {
  const navigate = useNavigate();
  const copy = useDuplicateFlow(flow.id);
  const remove = useDeleteFlow(flow.id);
  const [asking, setAsking] = useState<'switch' | 'delete'>();
  const [off, setOff] = useState(flow.enabled);
  const close = () => setAsking(undefined);
  const duplicate = () =>
    copy.mutate(undefined, {
      onSuccess: (made) => {
        say(`“${made.name}” made`, 'It is off until you enable it.');
        void navigate({ to: '/flows/$flowId', params: { flowId: made.id } });
      },
    });
  return (
    <>
      {flow.live !== null && (
        <Button
          icon={flow.enabled ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          onClick={() => {
            setOff(flow.enabled);
            setAsking('switch');
          }}
        >
          {flow.enabled ? 'Disable' : 'Enable'}
        </Button>
      )}
      <Menu
        label="More actions"
        trigger={
          <Button busy={copy.isPending} icon={<MoreHorizontal aria-hidden="true" />}>
            More
          </Button>
        }
        items={[
          { label: 'Duplicate', hint: 'A copy that is off', icon: <Copy />, onSelect: duplicate },
          { label: 'Delete…', icon: <Trash2 />, danger: true, onSelect: () => setAsking('delete') },
        ]}
      />
      {copy.isError && (
        <div className="basis-full">
          <Failure error={copy.error} what="The flow was not duplicated" />
        </div>
      )}
      <SwitchFlow flow={flow} off={off} open={asking === 'switch'} onClose={close} />
      <Confirm
        open={asking === 'delete'}
        onClose={close}
        title={`Delete “${flow.name}”?`}
        confirm="Delete the flow"
        busy={remove.isPending}
        error={remove.isError && <Failure error={remove.error} what="The flow was not deleted" />}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              say('Flow deleted');
              void navigate({ to: '/flows' });
            },
          })
        }
      >
        It starts no more runs. Its past runs stay readable, and runs that are under way go on with their
        version.
      </Confirm>
    </>
  );
}

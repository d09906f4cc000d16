import { useNavigate } from '@tanstack/react-router';
import { Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { useDeleteFlow, useSwitchFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';

/** Enable, disable, delete. */
export function FlowActions({ flow }: { flow: Flow }) {
  const navigate = useNavigate();
  const change = useSwitchFlow(flow.id);
  const remove = useDeleteFlow(flow.id);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        busy={change.isPending}
        icon={flow.enabled ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        onClick={() =>
          change.mutate(!flow.enabled, {
            onSuccess: () =>
              flow.enabled
                ? say('Flow disabled', 'New events start no run; runs under way go on.')
                : say('Flow enabled', 'Events accepted from now on match it.'),
          })
        }
      >
        {flow.enabled ? 'Disable' : 'Enable'}
      </Button>
      <Button look="danger" icon={<Trash2 aria-hidden="true" />} onClick={() => setAsking(true)}>
        Delete
      </Button>
      {change.isError && (
        <div className="basis-full">
          <Failure error={change.error} what="The flow was not changed" />
        </div>
      )}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
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

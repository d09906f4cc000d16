import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { useSwitchFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';

type Props = {
  flow: Pick<Flow, 'id' | 'name' | 'live'>;
  /** What was asked for when it opened; the flow itself changes before it has closed. */
  off: boolean;
  open: boolean;
  onClose: () => void;
};

/** Asks before a flow is turned on or off. */
export function SwitchFlow({ flow, off, open, onClose }: Props) {
  const change = useSwitchFlow(flow.id);
  return (
    <Confirm
      open={open}
      onClose={onClose}
      look={off ? 'danger' : 'primary'}
      title={`Turn “${flow.name}” ${off ? 'off' : 'on'}?`}
      confirm={off ? 'Turn it off' : 'Turn it on'}
      busy={change.isPending}
      error={change.isError && <Failure error={change.error} what="The flow was not changed" />}
      onConfirm={() =>
        change.mutate(!off, {
          onSuccess: () => {
            onClose();
            say(off ? 'The flow is off' : 'The flow is on');
          },
        })
      }
    >
      {off
        ? 'New events start no run from now on. Runs that are under way go on. It is no new version.'
        : `Events accepted from now on start it, with version ${flow.live}. What happened while it was off stays undone.`}
    </Confirm>
  );
}

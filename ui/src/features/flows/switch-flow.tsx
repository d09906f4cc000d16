import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { useSwitchFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';

type Props = {
  flow: Flow;
  /** What was asked for when it opened; the flow itself changes before it has closed. */
  off: boolean;
  open: boolean;
  onClose: () => void;
};

/** Asks before a flow is switched on or off. */
export function SwitchFlow({ flow, off, open, onClose }: Props) {
  const change = useSwitchFlow(flow.id);
  return (
    <Confirm
      open={open}
      onClose={onClose}
      look={off ? 'danger' : 'primary'}
      title={`${off ? 'Disable' : 'Enable'} “${flow.name}”?`}
      confirm={off ? 'Disable the flow' : 'Enable the flow'}
      busy={change.isPending}
      error={change.isError && <Failure error={change.error} what="The flow was not changed" />}
      onConfirm={() =>
        change.mutate(!off, {
          onSuccess: () => {
            onClose();
            say(off ? 'Flow disabled' : 'Flow enabled');
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

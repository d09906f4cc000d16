import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { useDeleteFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';

type Props = {
  flow: { id: string; name: string };
  open: boolean;
  onClose: () => void;
  onDeleted: () => void;
};

/** Asks before a flow is deleted. */
export function DeleteFlow({ flow, open, onClose, onDeleted }: Props) {
  const remove = useDeleteFlow(flow.id);
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={`Delete “${flow.name}”?`}
      confirm="Delete the flow"
      busy={remove.isPending}
      error={remove.isError && <Failure error={remove.error} what="The flow was not deleted" />}
      onConfirm={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            say('Flow deleted');
            onDeleted();
          },
        })
      }
    >
      It starts no more runs. Its past runs stay readable, and runs that are under way go on with their
      version.
    </Confirm>
  );
}

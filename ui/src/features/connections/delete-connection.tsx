import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { useDeleteConnection } from '@/lib/server/connections';
import { say } from '@/lib/toasts';
import type { Connection } from '@/lib/types';

type Props = { connection: Connection; open: boolean; onClose: () => void };

/** Says which flows would fail; whoever confirms has read it. */
export function DeleteConnection({ connection, open, onClose }: Props) {
  const remove = useDeleteConnection();
  const users = connection.used_by;
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={`Delete “${connection.name}”?`}
      confirm={users.length > 0 ? 'Delete it anyway' : 'Delete the connection'}
      busy={remove.isPending}
      error={remove.isError && <Failure error={remove.error} what="The connection was not deleted" />}
      onConfirm={() =>
        remove.mutate(
          { id: connection.id, force: users.length > 0 },
          { onSuccess: () => say('Connection deleted') },
        )
      }
    >
      {users.length > 0 ? (
        <>
          Steps of these flows fail from now on:
          <ul className="mt-1 list-disc pl-5">
            {users.map((flow) => (
              <li key={flow.id}>{flow.name}</li>
            ))}
          </ul>
        </>
      ) : (
        'No flow uses it. What it holds cannot be brought back.'
      )}
    </Confirm>
  );
}

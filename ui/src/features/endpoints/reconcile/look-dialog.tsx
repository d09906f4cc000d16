import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { useMay } from '@/lib/may';
import { useReconcile } from '@/lib/server/reconcile';
import type { Endpoint } from '@/lib/types';
import { LookReport } from './look-report';

/** Looks for missed calls at once, or says what that would do. */
export function LookDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const { why } = useMay('write');
  const look = useReconcile(endpoint.id);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Missed calls of “${endpoint.name}”`}
      description="Calls that are found count as if their webhooks had come: flows start, messages go out. A dry run only says which."
    >
      {look.isError && <Failure error={look.error} what="The calls could not be looked for" />}
      {look.data && <LookReport report={look.data} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{look.data ? 'Done' : 'Cancel'}</Button>
        <Button
          why={why}
          busy={look.isPending && look.variables === true}
          disabled={look.isPending}
          onClick={() => look.mutate(true)}
        >
          Dry run
        </Button>
        <Button
          look="primary"
          why={why}
          busy={look.isPending && look.variables === false}
          disabled={look.isPending}
          onClick={() => look.mutate(false)}
        >
          Look now
        </Button>
      </div>
    </Dialog>
  );
}

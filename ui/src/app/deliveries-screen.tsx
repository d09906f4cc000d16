import { DeliveriesPage } from '@/features/deliveries/deliveries-page';
import { AttemptBeside } from '@/features/runs/attempt-beside';
import { ReplayDialog } from '@/features/runs/replay-dialog';

/** Deliveries with what runs show of an attempt, and how they are done again. */
export function DeliveriesScreen() {
  return (
    <DeliveriesPage
      attempt={(shown) => <AttemptBeside {...shown} />}
      replay={({ query, ...asked }) => (
        <ReplayDialog
          {...asked}
          which={{ deliveries: query }}
          title="Replay the failed runs of this filter"
        />
      )}
    />
  );
}

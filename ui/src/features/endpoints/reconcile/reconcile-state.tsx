import { Badge } from '@/components/badge';
import { Time } from '@/components/time';
import type { Reconcile } from '@/lib/types';
import { every } from './every';
import { found } from './found';

/** How looking for missed calls does. */
export function ReconcileState({ reconcile, enabled }: { reconcile: Reconcile; enabled: boolean }) {
  const failing = reconcile.failing_since;
  return (
    <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {!enabled ? (
          <Badge>does not look for missed calls</Badge>
        ) : failing ? (
          <Badge tone="bad">cannot look for missed calls</Badge>
        ) : (
          <Badge tone="ok">looks for missed calls {every(reconcile.every_s)}</Badge>
        )}
        {failing && enabled && (
          <span>
            since <Time at={failing} />
          </span>
        )}
        {reconcile.backfilled > 0 && <span>{reconcile.backfilled} back-filled so far</span>}
      </p>
      {reconcile.error && <p className="break-words text-bad">{reconcile.error}</p>}
      {enabled && (
        <p>
          {reconcile.last_at ? (
            <>
              last look <Time at={reconcile.last_at} relative />
              {!failing && <>, {found(reconcile.found)}</>} · next <Time at={reconcile.next_at} />
            </>
          ) : (
            'has not looked yet'
          )}
        </p>
      )}
    </div>
  );
}

import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Button, buttonClass } from '@/components/button';
import { Failure } from '@/components/failure';
import { Time } from '@/components/time';
import { useMay } from '@/lib/may';
import { useAcknowledge } from '@/lib/server/alerts';
import type { Alert } from '@/lib/types';
import { kinds } from './kinds';

/** One alert: what, why, since when, and one click to what failed. */
export function AlertRow({ alert }: { alert: Alert }) {
  const { why } = useMay('operate');
  const acknowledge = useAcknowledge(alert.id);
  const { tone, label } = kinds[alert.kind];
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone={alert.open ? tone : 'off'}>{label}</Badge>
          {alert.level != null && alert.level < 100 && <Badge tone="wait">{alert.level} %</Badge>}
          <span className="font-medium text-pretty">{alert.title}</span>
        </p>
        <p className="mt-1 text-xs break-words text-bad">{alert.cause}</p>
        <p className="mt-1 text-xs text-ink-mute">
          since <Time at={alert.since} />
          {alert.count > 1 && <> · {alert.count} times</>}
          {alert.resolved_at ? (
            <>
              {' '}
              · over <Time at={alert.resolved_at} relative />
            </>
          ) : (
            alert.acknowledged_at && (
              <>
                {' '}
                · acknowledged by {alert.acknowledged_by} <Time at={alert.acknowledged_at} relative />
              </>
            )
          )}
        </p>
        {acknowledge.isError && (
          <div className="mt-2">
            <Failure error={acknowledge.error} what="The alert was not acknowledged" />
          </div>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {alert.budget_id && (
          <Link to="/usage" className={buttonClass('plain', 'sm')}>
            Usage
          </Link>
        )}
        {alert.flow_id && !alert.budget_id && (
          <>
            <Link
              to="/runs"
              search={{ status: 'failed', flow: alert.flow_id }}
              className={buttonClass('plain', 'sm')}
            >
              Failed runs
            </Link>
            <Link
              to="/flows/$flowId"
              params={{ flowId: alert.flow_id }}
              className={buttonClass('plain', 'sm')}
            >
              Flow
            </Link>
          </>
        )}
        {alert.destination && (
          <Link
            to="/destinations/$name"
            params={{ name: alert.destination }}
            className={buttonClass('plain', 'sm')}
          >
            Destination
          </Link>
        )}
        {alert.agent && (
          <Link to="/calls" search={{ agent: alert.agent }} className={buttonClass('plain', 'sm')}>
            Its calls
          </Link>
        )}
        {alert.endpoint_id && (
          <Link
            to="/endpoints/$endpointId"
            params={{ endpointId: alert.endpoint_id }}
            className={buttonClass('plain', 'sm')}
          >
            Endpoint
          </Link>
        )}
        {alert.open && (
          <Button
            size="sm"
            icon={<Check aria-hidden="true" />}
            busy={acknowledge.isPending}
            why={why}
            onClick={() => acknowledge.mutate()}
          >
            Acknowledge
          </Button>
        )}
      </div>
    </li>
  );
}

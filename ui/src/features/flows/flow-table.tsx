import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { KindBadges } from '@/components/kind-badges';
import { StatusDot } from '@/components/status-dot';
import { Time } from '@/components/time';
import { plural } from '@/lib/format';
import { moveBetweenRows } from '@/lib/rows';
import type { FlowRow } from '@/lib/types';
import { FlowRowActions } from './flow-row-actions';
import { RecentRuns } from './recent-runs';

/** Flows, each row a link and what can be done with it: what starts it, how its newest runs went, whether it is on. */
export function FlowTable({ flows }: { flows: FlowRow[] }) {
  return (
    <ul aria-label="Flows" onKeyDown={moveBetweenRows} className="divide-y divide-line">
      {flows.map((flow) => {
        return (
          <li key={flow.id} className="flex items-center gap-1 pr-2 hover:bg-inset">
            <Link
              to="/flows/$flowId"
              params={{ flowId: flow.id }}
              data-row
              className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 py-2.5 pr-2 pl-4 outline-offset-[-2px] md:grid-cols-[minmax(0,1fr)_auto_9rem_5.5rem_7rem]"
            >
              <span className="min-w-0">
                <span className="block truncate font-medium">{flow.name}</span>
                <span className="block truncate text-xs text-ink-mute">
                  {plural(flow.steps, 'step')} ·{' '}
                  {flow.live === null ? 'never published' : `version ${flow.live}`}
                </span>
              </span>
              <span className="flex flex-wrap gap-1.5 max-md:order-3">
                <KindBadges kinds={flow.on} />
                {flow.kept_by && <Badge>kept by settings</Badge>}
                {flow.draft !== null && <Badge tone="live">draft</Badge>}
                {flow.warnings > 0 && <Badge tone="wait">{plural(flow.warnings, 'warning')}</Badge>}
              </span>
              <RecentRuns recent={flow.recent} />
              <span className="inline-flex items-center gap-1.5 text-xs text-ink-soft">
                <StatusDot tone={flow.paused ? 'bad' : flow.enabled ? 'ok' : 'off'} />
                {flow.paused ? 'Paused' : flow.enabled ? 'On' : 'Off'}
              </span>
              <span className="text-right text-ink-soft max-md:hidden">
                <Time at={flow.updated_at} />
              </span>
            </Link>
            <FlowRowActions flow={flow} />
          </li>
        );
      })}
    </ul>
  );
}

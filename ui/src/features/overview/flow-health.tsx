import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { count, percent } from '@/lib/format';
import { flowFiguresQuery, type Stretch } from '@/lib/server/stats';
import { toFields } from '@/lib/time';
import type { FlowFigures } from '@/lib/types';
import { HealthPanel } from './health-panel';
import { ShareBar } from './share-bar';

/** How each flow did: those that failed most come first, and lead to the runs that failed. */
export function FlowHealth({ stretch }: { stretch: Stretch }) {
  const flows = useQuery(flowFiguresQuery(stretch));
  return (
    <HealthPanel
      title="Flows"
      to="/flows"
      label="Flows by runs"
      query={flows}
      what="The flows could not be counted"
      rows={flows.data}
      empty={
        <Empty
          icon={<Workflow />}
          title="No flow has run"
          action={
            <Link to="/flows/new" search={{ view: 'wizard' }} className={buttonClass()}>
              Create a flow
            </Link>
          }
        >
          Each flow that ran in this time is here with how many of its runs went well.
        </Empty>
      }
      line={(flow) => <Line key={flow.flow_id} flow={flow} stretch={stretch} />}
    />
  );
}

function Line({ flow, stretch }: { flow: FlowFigures; stretch: Stretch }) {
  const { succeeded, failed, begun } = flow.runs;
  const search = { ...toFields(stretch), flow: flow.flow_id, parts: 'with' } as const;
  return (
    <li>
      <Link
        to="/runs"
        search={failed > 0 ? { ...search, status: 'failed' } : search}
        className="flex flex-col gap-1.5 px-4 py-2.5 outline-offset-[-2px] hover:bg-inset"
      >
        <span className="flex justify-between gap-3">
          <span className="truncate">{flow.name ?? 'deleted flow'}</span>
          <span className="shrink-0 font-medium">{percent(succeeded, succeeded + failed)}</span>
        </span>
        <ShareBar good={succeeded} bad={failed} />
        <span className="text-xs text-ink-mute">
          {count(begun)} begun{failed > 0 && <span className="text-bad"> · {count(failed)} failed</span>}
        </span>
      </Link>
    </li>
  );
}

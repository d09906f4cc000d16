import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Time } from '@/components/time';
import { runsQuery } from '@/lib/server/runs';
import { useLiveRefresh } from '@/lib/use-live-refresh';

const failedQuery = runsQuery({ status: 'failed' }, 6);

/** The latest runs that failed and that nobody's retry will mend. */
export function Attention() {
  const failed = useInfiniteQuery(failedQuery);
  useLiveRefresh(failedQuery.queryKey, ({ topic, data }) => topic === 'run' && data.status === 'failed');
  return (
    <Panel flush title="Needs attention">
      {failed.isError ? (
        <div className="p-4">
          <Failure error={failed.error} what="The failed runs could not be loaded" />
        </div>
      ) : !failed.data ? (
        <Skeleton rows={3} />
      ) : failed.data.length === 0 ? (
        <Empty icon={<CircleCheck />} title="Nothing has failed">
          A run that gave up appears here, with the reason. One click leads to the attempt, another replays
          it.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {failed.data.map((run) => (
            <li key={run.id}>
              <Link
                to="/runs/$runId"
                params={{ runId: run.id }}
                className="flex flex-col px-4 py-2 outline-offset-[-2px] hover:bg-inset"
              >
                <span className="flex justify-between gap-3">
                  <span className="truncate font-medium">{run.flow.name}</span>
                  <span className="text-xs text-ink-mute">
                    <Time at={run.ended_at ?? run.updated_at} relative />
                  </span>
                </span>
                <span className="truncate text-xs text-bad">{run.error ?? 'failed without a reason'}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

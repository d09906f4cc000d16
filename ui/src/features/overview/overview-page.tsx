import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { RunTable } from '@/components/run-table';
import { Skeleton } from '@/components/skeleton';
import { runsQuery } from '@/lib/server/runs';
import { statsQuery } from '@/lib/server/stats';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { Attention } from './attention';
import { Counts } from './counts';
import { FirstSteps } from './first-steps';
import { Rehearsal } from './rehearsal';

const latestQuery = runsQuery({}, 10);

/** What is going on: runs by status, the latest runs as they happen, what needs attention; first steps while empty. */
export function OverviewPage() {
  const stats = useQuery(statsQuery());
  const latest = useInfiniteQuery(latestQuery);
  useLiveRefresh(['stats'], ({ topic }) => topic === 'run');
  useLiveRefresh(latestQuery.queryKey, ({ topic }) => topic === 'run');
  const empty = latest.data?.length === 0;

  return (
    <Page title="Overview" actions={<Rehearsal />}>
      {stats.isError ? (
        <Failure
          error={stats.error}
          what="The figures could not be loaded"
          retry={() => void stats.refetch()}
        />
      ) : (
        <Counts stats={stats.data} />
      )}
      {empty && <FirstSteps />}
      <div className="grid min-w-0 gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)] lg:items-start">
        {!empty && (
          <Panel
            flush
            title="Latest runs"
            actions={
              <Link to="/runs" className="rounded text-xs text-accent hover:underline">
                All runs
              </Link>
            }
          >
            {latest.isError ? (
              <div className="p-4">
                <Failure
                  error={latest.error}
                  what="The runs could not be loaded"
                  retry={() => void latest.refetch()}
                />
              </div>
            ) : latest.data ? (
              <RunTable runs={latest.data.slice(0, 10)} label="Latest runs" />
            ) : (
              <Skeleton />
            )}
          </Panel>
        )}
        {!empty && <Attention />}
      </div>
    </Page>
  );
}

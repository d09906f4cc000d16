import { useInfiniteQuery } from '@tanstack/react-query';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Panel } from '@/components/panel';
import { RunTable } from '@/components/run-table';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { concerns } from '@/lib/live';
import { runsQuery } from '@/lib/server/runs';
import { useLiveRefresh } from '@/lib/use-live-refresh';

export function FlowRuns({ flowId }: { flowId: string }) {
  const options = runsQuery({ flow: flowId });
  const runs = useInfiniteQuery(options);
  useLiveRefresh(
    options.queryKey,
    (notice) => notice.topic === 'run' && (concerns(notice, 'flow', flowId) || !notice.data.flow_id),
  );
  if (runs.isError)
    return (
      <Failure error={runs.error} what="The runs could not be loaded" retry={() => void runs.refetch()} />
    );
  return (
    <Panel flush>
      {!runs.data ? (
        <Skeleton />
      ) : runs.data.length === 0 ? (
        <Empty title="This flow has not run yet">
          It runs as soon as an event of its kind passes its filters. Send a test event, or wait for the next
          call.
        </Empty>
      ) : (
        <>
          <RunTable runs={runs.data} label="Runs of this flow" hideFlow />
          <LoadMore
            more={runs.hasNextPage}
            busy={runs.isFetchingNextPage}
            onMore={() => void runs.fetchNextPage()}
            shown={plural(runs.data.length, 'run')}
          />
        </>
      )}
    </Panel>
  );
}

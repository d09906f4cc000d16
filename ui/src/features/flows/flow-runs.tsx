import { useInfiniteQuery } from '@tanstack/react-query';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Panel } from '@/components/panel';
import { RunTable } from '@/components/run-table';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { concerns } from '@/lib/live';
import { runsQuery } from '@/lib/server/runs';
import type { Flow } from '@/lib/types';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { NotRunYet } from './not-run-yet';

type Props = { flow: Flow };

export function FlowRuns({ flow }: Props) {
  const flowId = flow.id;
  const options = runsQuery({ flow: flowId, whole: true });
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
        <NotRunYet flow={flow} />
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

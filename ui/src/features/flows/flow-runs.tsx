import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ChoiceSelect } from '@/components/choice-select';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Panel } from '@/components/panel';
import { RunTable } from '@/components/run-table';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { concerns } from '@/lib/live';
import { runStatuses } from '@/lib/run-status';
import { runsQuery } from '@/lib/server/runs';
import type { Flow } from '@/lib/types';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { NotRunYet } from './not-run-yet';

type Props = { flow: Flow };

export function FlowRuns({ flow }: Props) {
  const flowId = flow.id;
  const { status: asked } = useSearch({ from: '/shell/flows/$flowId' });
  const navigate = useNavigate({ from: '/flows/$flowId' });
  const status = runStatuses.find((each) => each === asked);
  const options = runsQuery({ flow: flowId, whole: true, ...(status && { status }) });
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
    <Panel
      flush
      title="Runs"
      actions={
        <>
          <ChoiceSelect
            label="Status"
            any="Any status"
            value={status}
            choices={[...runStatuses]}
            onChange={(next) =>
              void navigate({
                search: { tab: 'runs', ...(next && { status: next }) },
                replace: true,
              })
            }
          />
          <Link
            to="/runs"
            search={{ flow: flowId, ...(status && { status }) }}
            className="rounded text-xs whitespace-nowrap text-accent hover:underline"
          >
            All filters
          </Link>
        </>
      }
    >
      {!runs.data ? (
        <Skeleton />
      ) : runs.data.length === 0 && status ? (
        <p className="p-4 text-ink-soft">None of its runs is {status}.</p>
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

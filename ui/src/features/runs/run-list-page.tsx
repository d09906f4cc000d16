import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ListTree } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { RunTable } from '@/components/run-table';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { runsQuery } from '@/lib/server/runs';
import { isFiltered, toQuery } from './filter';
import { RunFilters } from './run-filters';
import { useNewRuns } from './use-new-runs';

export function RunListPage() {
  const filter = useSearch({ from: '/shell/runs' });
  const navigate = useNavigate({ from: '/runs' });
  const options = useMemo(() => runsQuery(toQuery(filter)), [filter]);
  const list = useInfiniteQuery(options);
  const fresh = useNewRuns(filter, options.queryKey, list.data);

  return (
    <Page
      title="Runs"
      description="Every execution of a flow. A run opens at the attempt that needs attention."
    >
      <RunFilters filter={filter} onChange={(next) => void navigate({ search: next, replace: true })} />
      {list.isError && !list.data ? (
        <Failure error={list.error} what="The runs could not be loaded" retry={() => void list.refetch()} />
      ) : (
        <Panel flush>
          {fresh.count > 0 && (
            <div className="flex justify-center border-b border-line bg-accent-soft px-4 py-1.5">
              <Button size="sm" look="quiet" onClick={fresh.show}>
                {plural(fresh.count, 'new run')} – show
              </Button>
            </div>
          )}
          {!list.data ? (
            <Skeleton />
          ) : list.data.length === 0 ? (
            isFiltered(filter) ? (
              <Empty
                icon={<ListTree />}
                title="No run matches these filters"
                action={<Button onClick={() => void navigate({ search: {} })}>Clear filters</Button>}
              >
                Take one away, or widen the time range.
              </Empty>
            ) : (
              <Empty icon={<ListTree />} title="No runs yet">
                A run appears here as soon as an event of a call matches a flow. Create a flow, then send an
                event or connect your voice platform under Endpoints.
              </Empty>
            )
          ) : (
            <>
              <RunTable runs={list.data} label="Runs" fresh={fresh.shown} />
              <LoadMore
                more={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
                shown={plural(list.data.length, 'run')}
              />
            </>
          )}
        </Panel>
      )}
    </Page>
  );
}

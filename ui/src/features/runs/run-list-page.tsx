import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ListTree } from 'lucide-react';
import { useMemo } from 'react';
import { Button, buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { FreshRows } from '@/components/fresh-rows';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { RunTable } from '@/components/run-table';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { runsPage, runsQuery } from '@/lib/server/runs';
import { useFreshRows } from '@/lib/use-fresh-rows';
import { useMore } from '@/lib/use-more';
import { BulkBar } from './bulk-bar';
import { isFiltered, narrows, readFilter, toQuery } from './filter';
import { RunFilters } from './run-filters';
import { useSelection } from './use-selection';

export function RunListPage() {
  const search = useSearch({ from: '/shell/runs' });
  // What is no filter of this list may stand in the URL, and narrows nothing.
  const filter = useMemo(() => readFilter(search), [search]);
  const navigate = useNavigate({ from: '/runs' });
  const asked = useMemo(() => toQuery(filter), [filter]);
  const options = useMemo(() => runsQuery(asked), [asked]);
  const list = useInfiniteQuery(options);
  const rows = list.data;
  const fresh = useFreshRows({
    key: options.queryKey,
    rows,
    ask: (cursor) => runsPage(asked, cursor),
    names: ({ topic, data }) =>
      topic === 'run' && (!asked.parent || data.parent_id === asked.parent) && data.id,
  });
  const ids = useMemo(() => (rows ?? []).map(({ id }) => id), [rows]);
  const selection = useSelection(ids, asked);
  const { hasNextPage, isFetchingNextPage } = list;
  const onMore = useMore(list);
  const filtered = isFiltered(filter);

  return (
    <Page
      title="Runs"
      description="Every execution of a flow. A run opens at the attempt that needs attention."
    >
      <RunFilters
        filter={filter}
        rows={rows ?? []}
        onChange={(next) => void navigate({ search: next, replace: true })}
      />
      {list.isError && !rows ? (
        <Failure error={list.error} what="The runs could not be loaded" retry={() => void list.refetch()} />
      ) : (
        // A bar that stays in view needs a panel that cuts nothing off.
        <Panel flush className="overflow-clip!">
          {rows && rows.length > 0 && (
            <BulkBar
              selected={selection.ids}
              onClear={selection.clear}
              filter={narrows(filter) ? { filter: asked } : undefined}
            />
          )}
          <FreshRows count={fresh.count} atLeast={fresh.atLeast} one="run" onShow={fresh.show} />
          {!rows ? (
            <Skeleton />
          ) : rows.length === 0 ? (
            filtered ? (
              <Empty
                icon={<ListTree />}
                title="No run matches these filters"
                action={<Button onClick={() => void navigate({ search: {} })}>Clear filters</Button>}
              >
                Take one away, or widen the time range.
              </Empty>
            ) : (
              <Empty
                icon={<ListTree />}
                title="No runs yet"
                action={
                  <>
                    <Link to="/flows/new" search={{ view: 'wizard' }} className={buttonClass()}>
                      Make a flow
                    </Link>
                    <Link to="/endpoints" className={buttonClass()}>
                      Connect a platform
                    </Link>
                  </>
                }
              >
                A run appears here as soon as an event of a call matches a flow. Make a flow, then send an
                event or connect your voice platform.
              </Empty>
            )
          ) : (
            <>
              <RunTable
                runs={rows}
                label="Runs"
                fresh={fresh.shown}
                more={hasNextPage}
                onEnd={onMore}
                selection={selection}
                {...(filtered && { list: filter })}
              />
              <LoadMore
                auto
                more={hasNextPage}
                busy={isFetchingNextPage}
                onMore={onMore}
                shown={plural(rows.length, 'run')}
              />
            </>
          )}
        </Panel>
      )}
    </Page>
  );
}

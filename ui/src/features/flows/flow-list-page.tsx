import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, Workflow } from 'lucide-react';
import { useCallback } from 'react';
import { Button, buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { foundFlowsQuery } from '@/lib/server/flows';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { type FlowFilter, isFiltered, toQuery } from './filter';
import { FlowFilters } from './flow-filters';
import { FlowTable } from './flow-table';

/** What flows did last is followed, but no faster than anybody reads. */
const CALM = 5000;

export function FlowListPage() {
  const { why } = useMay('write');
  const filter = useSearch({ from: '/shell/flows' });
  const navigate = useNavigate({ from: '/flows' });
  const query = foundFlowsQuery(toQuery(filter));
  const list = useInfiniteQuery(query);
  useLiveRefresh(query.queryKey, ({ topic }) => topic === 'run' || topic === 'alert', CALM);
  const change = useCallback(
    (next: FlowFilter) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const create = why ? (
    <Button look="primary" icon={<Plus aria-hidden="true" />} why={why}>
      New flow
    </Button>
  ) : (
    <Link to="/flows/new" className={buttonClass('primary')}>
      <Plus aria-hidden="true" />
      New flow
    </Link>
  );
  return (
    <Page title="Flows" description="What is done when something happens in a call." actions={create}>
      <FlowFilters filter={filter} onChange={change} />
      {list.isError && !list.data ? (
        <Failure error={list.error} what="The flows could not be loaded" retry={() => void list.refetch()} />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton />
          ) : list.data.length > 0 ? (
            <>
              <FlowTable flows={list.data} />
              <LoadMore
                more={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
                shown={plural(list.data.length, 'flow')}
              />
            </>
          ) : isFiltered(filter) ? (
            <Empty
              icon={<Workflow />}
              title="No flow matches these filters"
              action={<Button onClick={() => change({})}>Clear filters</Button>}
            >
              Names and keys are searched; take a filter away, or search for less.
            </Empty>
          ) : (
            <Empty
              icon={<Workflow />}
              title="No flows yet"
              action={
                <>
                  {create}
                  <Link to="/recipes" className={buttonClass()}>
                    Start from a recipe
                  </Link>
                </>
              }
            >
              A flow says: when this happens in a call, do that. Build one in three steps, or start from a
              recipe, such as a message after every finished call.
            </Empty>
          )}
        </Panel>
      )}
    </Page>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Phone } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { callsQuery } from '@/lib/server/calls';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { CallFilters } from './call-filters';
import { CallTable } from './call-table';
import { isFiltered, toCallQuery } from './filter';

export function CallListPage() {
  const filter = useSearch({ from: '/shell/calls' });
  const navigate = useNavigate({ from: '/calls' });
  const options = useMemo(() => callsQuery(toCallQuery(filter)), [filter]);
  const list = useInfiniteQuery(options);
  useLiveRefresh(options.queryKey, ({ topic }) => topic === 'event');
  const filtered = isFiltered(filter);

  return (
    <Page title="Calls" description="Every call that a platform told of, with what is known about it now.">
      <CallFilters filter={filter} onChange={(next) => void navigate({ search: next, replace: true })} />
      {list.isError && !list.data ? (
        <Failure error={list.error} what="The calls could not be loaded" retry={() => void list.refetch()} />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton />
          ) : list.data.length === 0 ? (
            <Empty
              icon={<Phone />}
              title={filtered ? 'No call matches these filters' : 'No calls yet'}
              action={
                filtered && <Button onClick={() => void navigate({ search: {} })}>Clear filters</Button>
              }
            >
              {filtered
                ? 'A number must be whole, in the form the platform gives it, such as +15550100.'
                : 'Create an endpoint for your voice platform and put its address into the platform’s webhook settings. The first message makes the call appear here.'}
            </Empty>
          ) : (
            <>
              <CallTable calls={list.data} />
              <LoadMore
                more={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
                shown={plural(list.data.length, 'call')}
              />
            </>
          )}
        </Panel>
      )}
    </Page>
  );
}

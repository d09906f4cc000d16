import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, Phone } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { Button, buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { FreshRows } from '@/components/fresh-rows';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { useRevealed } from '@/lib/reveal';
import { searchOf } from '@/lib/search';
import { callsPage, callsQuery } from '@/lib/server/calls';
import { useFreshRows } from '@/lib/use-fresh-rows';
import { useMore } from '@/lib/use-more';
import { CallFilters } from './call-filters';
import { CallTable } from './call-table';
import { type CallFilter, isFiltered, toCallQuery } from './filter';

export function CallListPage() {
  const filter = useSearch({ from: '/shell/calls' });
  const navigate = useNavigate({ from: '/calls' });
  const asked = useMemo(() => toCallQuery(filter), [filter]);
  const options = useMemo(() => callsQuery(asked), [asked]);
  const list = useInfiniteQuery(options);
  const fresh = useFreshRows({
    key: options.queryKey,
    rows: list.data,
    ask: (cursor) => callsPage(asked, cursor),
    names: ({ topic, data }) => topic === 'event' && data.call_id,
  });
  const { hasNextPage, isFetchingNextPage } = list;
  const onMore = useMore(list);
  const revealed = useRevealed();
  const filtered = isFiltered(filter);
  const change = useCallback(
    (next: CallFilter) => void navigate({ search: next, replace: true }),
    [navigate],
  );

  return (
    <Page
      title="Calls"
      description="Every call that a platform told of, with what is known about it now."
      actions={
        <a
          href={`/v1/calls.csv?${searchOf({ ...asked, ...revealed })}`}
          download="calls.csv"
          title="The newest 10,000 calls that match the filters"
          className={buttonClass()}
        >
          <Download aria-hidden="true" />
          Export CSV
        </a>
      }
    >
      <CallFilters filter={filter} rows={list.data ?? []} onChange={change} />
      {list.isError && !list.data ? (
        <Failure error={list.error} what="The calls could not be loaded" retry={() => void list.refetch()} />
      ) : (
        <Panel flush>
          <FreshRows count={fresh.count} atLeast={fresh.atLeast} one="call" onShow={fresh.show} />
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
                ? 'A search looks at numbers and their parts, at the platform’s id, and at the contact’s name and e-mail address.'
                : 'Create an endpoint for your voice platform and put its address into the platform’s webhook settings. The first message makes the call appear here.'}
            </Empty>
          ) : (
            <>
              <CallTable calls={list.data} more={hasNextPage} onEnd={onMore} fresh={fresh.shown} />
              <LoadMore
                auto
                more={hasNextPage}
                busy={isFetchingNextPage}
                onMore={onMore}
                shown={plural(list.data.length, 'call')}
              />
            </>
          )}
        </Panel>
      )}
    </Page>
  );
}

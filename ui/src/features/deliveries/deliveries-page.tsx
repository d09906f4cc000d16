import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowUpRight } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { deliveriesQuery } from '@/lib/server/deliveries';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { DeliveryFilters } from './delivery-filters';
import { DeliveryList } from './delivery-list';
import { toQuery } from './filter';
import { ReplayFailed } from './replay-failed';

const LIVE_RUNS = 60;

/** Every attempt that went out to the world, over all flows. */
export function DeliveriesPage() {
  const filter = useSearch({ from: '/shell/deliveries' });
  const navigate = useNavigate({ from: '/deliveries' });
  const query = useMemo(() => toQuery(filter), [filter]);
  const options = useMemo(() => deliveriesQuery(query), [query]);
  const list = useInfiniteQuery(options);
  const { rows = [], runs = 0 } = list.data ?? {};
  // Who looks far back is not to make the server walk there again with every attempt.
  useLiveRefresh(options.queryKey, ({ topic }) => topic === 'entry' && runs <= LIVE_RUNS);
  const isFiltered = Object.keys(filter).length > 0;
  const more = (
    <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      Look further back
    </Button>
  );
  return (
    <Page
      title="Deliveries"
      description="Every attempt that went out, newest run first. A click leads to the exact request and response."
      actions={<ReplayFailed query={query} />}
    >
      <DeliveryFilters
        filter={filter}
        rows={rows}
        onChange={(next) => void navigate({ search: next, replace: true })}
      />
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The deliveries could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton />
          ) : rows.length === 0 ? (
            list.hasNextPage ? (
              <Empty
                icon={<ArrowUpRight />}
                title={`Nothing in the last ${plural(runs, 'run')}`}
                action={more}
              >
                There are older runs that were not looked at yet.
              </Empty>
            ) : isFiltered ? (
              <Empty
                icon={<ArrowUpRight />}
                title="No delivery matches these filters"
                action={<Button onClick={() => void navigate({ search: {} })}>Clear filters</Button>}
              >
                Take one away, or widen the time range.
              </Empty>
            ) : (
              <Empty icon={<ArrowUpRight />} title="Nothing went out yet">
                Requests, webhooks, mails and text messages of flows appear here as they are sent. Play a
                rehearsal call to see some.
              </Empty>
            )
          ) : (
            <>
              <DeliveryList rows={rows} />
              <div className="flex items-center justify-between gap-4 border-t border-line px-4 py-2 text-xs text-ink-mute">
                <span>
                  {plural(rows.length, 'delivery', 'deliveries')} of {plural(runs, 'run')}
                  {!list.hasNextPage && ', all there are'}
                </span>
                {list.hasNextPage && more}
              </div>
            </>
          )}
        </Panel>
      )}
    </Page>
  );
}

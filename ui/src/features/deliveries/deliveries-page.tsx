import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef } from 'react';
import { Button } from '@/components/button';
import { Drawer } from '@/components/drawer';
import { Failure } from '@/components/failure';
import { FreshRows } from '@/components/fresh-rows';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import type { RowsHandle } from '@/components/rows';
import { Skeleton } from '@/components/skeleton';
import { Split } from '@/components/split';
import { plural } from '@/lib/format';
import { deliveriesPage, deliveriesQuery, deliveryId } from '@/lib/server/deliveries';
import { useFreshRows } from '@/lib/use-fresh-rows';
import { useMore } from '@/lib/use-more';
import { useWide } from '@/lib/use-wide';
import { DeliveryFilters } from './delivery-filters';
import { DeliveryList } from './delivery-list';
import { readDeliveryFilter, toQuery } from './filter';
import { NoDeliveries } from './no-deliveries';
import { type ReplayDialog, ReplayFailed } from './replay-failed';

/** Where the server looks at more runs for the head of the list, it is asked for less often. */
const NEAR_RUNS = 60;

type Shown = {
  run: string;
  entry: number;
  tab: string | undefined;
  onTab: (tab: string) => void;
  /** Missing where something around it closes. */
  onClose: (() => void) | undefined;
};
type Props = { attempt: (shown: Shown) => ReactNode; replay: ReplayDialog };

/** Every attempt that went out to the world, over all flows, and beside them the one that is open. */
export function DeliveriesPage({ attempt, replay }: Props) {
  const search = useSearch({ from: '/shell/deliveries' });
  const { run, entry, tab } = search;
  // Another attempt is no other filter: the same object then.
  const filter = useSearch({
    from: '/shell/deliveries',
    select: readDeliveryFilter,
    structuralSharing: true,
  });
  const navigate = useNavigate({ from: '/deliveries' });
  const query = useMemo(() => toQuery(filter), [filter]);
  const options = useMemo(() => deliveriesQuery(query), [query]);
  const list = useInfiniteQuery(options);
  const { rows, runs = 0, head = 0, found = true } = list.data ?? {};
  const fresh = useFreshRows({
    key: options.queryKey,
    rows,
    ask: (cursor) => deliveriesPage(query, cursor),
    names: ({ topic, data }) =>
      topic === 'entry' || (topic === 'run' && rows?.find(({ run_id }) => run_id === data.id)?.id),
    pace: head > NEAR_RUNS ? 8000 : 2000,
  });
  const handle = useRef<RowsHandle>(null);
  const wide = useWide();
  const onMore = useMore(list);
  const isFiltered = Object.keys(filter).length > 0;
  const isOpen = run !== undefined && entry !== undefined;
  const open = isOpen ? deliveryId(run, entry) : undefined;
  const close = () => {
    const at = rows?.findIndex(({ id }) => id === open) ?? -1;
    if (wide && at >= 0) handle.current?.focus(at);
    void navigate({ search: filter, replace: true, resetScroll: false });
  };
  const shown =
    isOpen &&
    attempt({
      run,
      entry,
      tab,
      onTab: (next) => void navigate({ search: { ...search, tab: next }, replace: true, resetScroll: false }),
      onClose: wide ? close : undefined,
    });
  const more = (
    <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      Look further back
    </Button>
  );
  return (
    <Page
      title="Deliveries"
      description="Every attempt that went out, newest run first. A click shows the exact request and response."
      actions={<ReplayFailed query={query} dialog={replay} />}
    >
      <DeliveryFilters
        filter={filter}
        rows={rows ?? []}
        onChange={(next) =>
          void navigate({
            search: { ...next, ...(isOpen && { run, entry }), ...(tab && { tab }) },
            replace: true,
          })
        }
      />
      {list.isError && !rows && (
        <Failure
          error={list.error}
          what="The deliveries could not be loaded"
          retry={() => void list.refetch()}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open, wherever the focus is */}
      <div
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isOpen && event.currentTarget.contains(event.target as Node)) close();
        }}
      >
        <Split
          label="Width of the list"
          left={
            !(list.isError && !rows) && (
              <Panel flush>
                <FreshRows
                  count={fresh.count}
                  atLeast={fresh.atLeast}
                  one="delivery"
                  many="deliveries"
                  onShow={fresh.show}
                />
                {!rows ? (
                  <Skeleton />
                ) : rows.length === 0 ? (
                  <NoDeliveries
                    further={list.hasNextPage ? more : undefined}
                    runs={runs}
                    onClear={isFiltered ? () => void navigate({ search: {} }) : undefined}
                  />
                ) : (
                  <>
                    <DeliveryList
                      ref={handle}
                      rows={rows}
                      search={{ ...filter, ...(tab && { tab }) }}
                      open={open}
                      fresh={fresh.shown}
                      more={list.hasNextPage}
                      {...(found && { onEnd: onMore })}
                    />
                    <LoadMore
                      auto={found}
                      more={list.hasNextPage}
                      busy={list.isFetchingNextPage}
                      onMore={onMore}
                      shown={`${plural(rows.length, 'delivery', 'deliveries')} of ${plural(runs, 'run')}`}
                    />
                  </>
                )}
              </Panel>
            )
          }
          right={
            wide &&
            shown && (
              <div className="lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto">
                {shown}
              </div>
            )
          }
        />
      </div>
      {!wide && (
        <Drawer open={isOpen} onClose={close} title="Delivery">
          {shown}
        </Drawer>
      )}
    </Page>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowUpRight } from 'lucide-react';
import { buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { milliseconds, plural } from '@/lib/format';
import { deliveriesQuery } from '@/lib/server/deliveries';
import type { Delivery } from '@/lib/types';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { DeliveryList } from './delivery-list';

/** What went out to one destination lately: the course of it as a row of marks, then each attempt. */
export function LatestDeliveries({ destination }: { destination: string }) {
  const options = deliveriesQuery({ destination });
  const list = useInfiniteQuery(options);
  useLiveRefresh(options.queryKey, ({ topic }) => topic === 'entry', 5000);
  const { rows = [], runs = 0 } = list.data ?? {};
  return (
    <Panel
      flush
      title="Latest deliveries"
      actions={
        <Link
          to="/deliveries"
          search={{ destination }}
          className="rounded text-xs text-accent hover:underline"
        >
          All deliveries
        </Link>
      }
    >
      {list.isError && !list.data ? (
        <div className="p-4">
          <Failure
            error={list.error}
            what="The deliveries could not be loaded"
            retry={() => void list.refetch()}
          />
        </div>
      ) : !list.data ? (
        <Skeleton />
      ) : rows.length === 0 ? (
        <Empty
          icon={<ArrowUpRight />}
          title={runs > 0 ? `Nothing in the last ${plural(runs, 'run')}` : 'Nothing went out yet'}
          action={
            <Link to="/deliveries" search={{ destination }} className={buttonClass()}>
              Look further back
            </Link>
          }
        >
          Each attempt to reach it appears here, with the exact request and response one click away.
        </Empty>
      ) : (
        <>
          <Course rows={rows} />
          <DeliveryList rows={rows} search={{ destination }} />
        </>
      )}
    </Panel>
  );
}

/** The attempts in the order of time: taller took longer, red failed. */
function Course({ rows }: { rows: Delivery[] }) {
  const longest = Math.max(1, ...rows.map(({ duration_ms }) => duration_ms));
  const failed = rows.filter(({ result }) => result !== 'ok').length;
  return (
    <figure className="border-b border-line px-4 py-3">
      <div aria-hidden="true" className="flex h-12 items-end gap-px">
        {[...rows].reverse().map((row) => (
          <span
            key={`${row.run_id}/${row.entry}`}
            className={`max-w-3 flex-1 rounded-t-xs ${row.result === 'ok' ? 'bg-chart-main' : 'bg-chart-bad'}`}
            style={{ height: `${Math.max(12, (row.duration_ms / longest) * 100)}%` }}
          />
        ))}
      </div>
      <figcaption className="mt-1.5 text-xs text-ink-mute">
        The last {plural(rows.length, 'attempt')}, oldest first: {failed} did not go through, the longest took{' '}
        {milliseconds(longest)}
      </figcaption>
    </figure>
  );
}

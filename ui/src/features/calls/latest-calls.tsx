import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Phone } from 'lucide-react';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { callsQuery } from '@/lib/server/calls';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { CallTable } from './call-table';
import { type CallFilter, toCallQuery } from './filter';

const none = new Set<string>();
const nothing = () => undefined;

/** The newest calls of a number or a campaign, and the way to all of them. */
export function LatestCalls({ filter, empty }: { filter: CallFilter; empty: string }) {
  const options = callsQuery(toCallQuery(filter), 20);
  const list = useInfiniteQuery(options);
  useLiveRefresh(options.queryKey, ({ topic }) => topic === 'event', 5000);
  return (
    <Panel
      flush
      title="Latest calls"
      actions={
        <Link to="/calls" search={filter} className="rounded text-xs text-accent hover:underline">
          All its calls
        </Link>
      }
    >
      {list.isError && !list.data ? (
        <div className="p-4">
          <Failure
            error={list.error}
            what="The calls could not be loaded"
            retry={() => void list.refetch()}
          />
        </div>
      ) : !list.data ? (
        <Skeleton />
      ) : list.data.length === 0 ? (
        <Empty icon={<Phone />} title="No calls yet">
          {empty}
        </Empty>
      ) : (
        <CallTable calls={list.data} more={false} onEnd={nothing} fresh={none} />
      )}
    </Panel>
  );
}

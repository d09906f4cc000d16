import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { BellRing, CircleCheck } from 'lucide-react';
import { useMemo } from 'react';
import { buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Segmented } from '@/components/segmented';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { alertsQuery } from '@/lib/server/alerts';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { AlertRow } from './alert-row';

export function AlertsPage() {
  const { show = 'open' } = useSearch({ from: '/shell/alerts' });
  const navigate = useNavigate({ from: '/alerts' });
  const options = useMemo(() => alertsQuery(show === 'all' ? undefined : true), [show]);
  const list = useInfiniteQuery(options);
  useLiveRefresh(options.queryKey, ({ topic }) => topic === 'alert');
  return (
    <Page
      title="Alerts"
      description="Flows that keep failing or were paused, receivers that are gone or do not answer, agents that are quiet. Kept for 30 days."
      actions={
        <Link to="/settings/notify" className={buttonClass()}>
          <BellRing aria-hidden="true" />
          Notifications
        </Link>
      }
    >
      <div>
        <Segmented
          label="Which alerts"
          value={show}
          options={[
            ['open', 'Open'],
            ['all', 'All'],
          ]}
          onChange={(next) => void navigate({ search: next === 'all' ? { show: next } : {}, replace: true })}
        />
      </div>
      {list.isError && !list.data ? (
        <Failure error={list.error} what="The alerts could not be loaded" retry={() => void list.refetch()} />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton rows={4} />
          ) : list.data.length === 0 ? (
            <Empty
              icon={<CircleCheck />}
              title={show === 'all' ? 'No alerts in the last 30 days' : 'Nothing needs you'}
            >
              A flow whose runs fail one after the other appears here at 50, 70 and 90 % of its limit, and is
              paused at the limit. So does a destination that does not answer, and an agent without the calls
              it usually has. To hear of it elsewhere, set up notifications.
            </Empty>
          ) : (
            <>
              <ul aria-label="Alerts" className="divide-y divide-line">
                {list.data.map((alert) => (
                  <AlertRow key={alert.id} alert={alert} />
                ))}
              </ul>
              <LoadMore
                more={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
                shown={plural(list.data.length, 'alert')}
              />
            </>
          )}
        </Panel>
      )}
    </Page>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { alertsQuery } from '@/lib/server/alerts';
import { runsQuery } from '@/lib/server/runs';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { AlertLine } from './alert-line';
import { FailedLine } from './failed-line';
import { QuietLine } from './quiet-line';

const failedQuery = runsQuery({ status: 'failed', whole: true }, 6);
const openQuery = alertsQuery(true);
/** So many lines in all; trouble that lasts goes first. */
const LINES = 6;
const MOST = 4;

/** What somebody should look at: trouble that lasts, then the latest runs that gave up. */
export function Attention() {
  const alerts = useInfiniteQuery(openQuery);
  const failed = useInfiniteQuery(failedQuery);
  useLiveRefresh(openQuery.queryKey, ({ topic }) => topic === 'alert');
  useLiveRefresh(failedQuery.queryKey, ({ topic, data }) => topic === 'run' && data.status === 'failed');
  const error = alerts.error ?? failed.error;
  const open = alerts.data?.length ?? 0;
  const quiet = alerts.data?.filter(({ kind }) => kind === 'agent_quiet') ?? [];
  const single = alerts.data?.filter(({ kind }) => quiet.length < 2 || kind !== 'agent_quiet') ?? [];
  const shown = Math.min(single.length, MOST) + (quiet.length > 1 ? 1 : 0);
  return (
    <Panel
      flush
      title="Needs attention"
      actions={
        open > shown && (
          <Link to="/alerts" className="rounded text-xs text-accent hover:underline">
            All alerts
          </Link>
        )
      }
    >
      {error ? (
        <div className="p-4">
          <Failure error={error} what="What needs attention could not be loaded" />
        </div>
      ) : !alerts.data || !failed.data ? (
        <Skeleton rows={3} />
      ) : open + failed.data.length === 0 ? (
        <Empty icon={<CircleCheck />} title="Nothing has failed">
          A run that gave up appears here, with the reason, and so do receivers that do not answer and agents
          that have gone quiet. One click leads to the cause.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {single.slice(0, MOST).map((alert) => (
            <AlertLine key={alert.id} alert={alert} />
          ))}
          {quiet.length > 1 && <QuietLine alerts={quiet} />}
          {failed.data.slice(0, LINES - shown).map((run) => (
            <FailedLine key={run.id} run={run} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

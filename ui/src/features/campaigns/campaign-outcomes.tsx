import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { campaignOutcomesQuery } from '@/lib/server/campaigns';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { OutcomeShares } from './outcome-shares';

/** How the campaign's calls ended, by disposition and by status; each figure leads to its calls. */
export function CampaignOutcomes({ id, name }: { id: string; name: string }) {
  const options = campaignOutcomesQuery(id);
  const query = useQuery(options);
  useLiveRefresh(options.queryKey, ({ topic }) => topic === 'event', 10_000);
  const told = query.data;
  return (
    <Panel
      title="Outcomes"
      actions={
        told &&
        told.calls > 0 && (
          <Link
            to="/calls"
            search={{ campaign: name }}
            className="rounded text-xs text-accent hover:underline"
          >
            {told.complete ? '' : 'The newest '}
            {plural(told.calls, 'call')}
          </Link>
        )
      }
    >
      {query.isError && !told ? (
        <Failure
          error={query.error}
          what="The outcomes could not be counted"
          retry={() => void query.refetch()}
        />
      ) : !told ? (
        <Skeleton rows={4} label="Counting the outcomes" />
      ) : told.calls === 0 ? (
        <Empty icon={<ChartColumn />} title="No outcomes yet">
          Once calls name this campaign, it stands here how many of them ended how.
        </Empty>
      ) : (
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          <OutcomeShares
            title="By disposition"
            unknown="None told"
            shares={told.dispositions}
            all={told.calls}
            filterOf={(disposition) => ({ campaign: name, disposition })}
          />
          <OutcomeShares
            title="By status"
            unknown="Not known"
            shares={told.statuses}
            all={told.calls}
            filterOf={(status) => ({ campaign: name, status })}
          />
        </div>
      )}
    </Panel>
  );
}

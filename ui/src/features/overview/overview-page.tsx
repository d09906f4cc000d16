import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { PhoneCall } from 'lucide-react';
import { buttonClass } from '@/components/button';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Segmented } from '@/components/segmented';
import { before, known, ranges, readRange, stretchOf } from '@/lib/chart-range';
import { timelineQuery, trendsKey } from '@/lib/server/stats';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { useNow } from '@/lib/use-now';
import { AgentHealth } from './agent-health';
import { Attention } from './attention';
import { type Chart, charts } from './charts';
import { DestinationHealth } from './destination-health';
import { FirstSteps } from './first-steps';
import { FlowHealth } from './flow-health';
import { Latest, latestQuery } from './latest';
import { Summary } from './summary';
import { Trends } from './trends';

const rehearsal = (
  <Link to="/developers/rehearsal" search={{ scenario: 'interested' }} className={buttonClass('primary')}>
    <PhoneCall aria-hidden="true" />
    Play a rehearsal call
  </Link>
);

/** What goes on: figures over time, what needs attention, how flows, destinations and agents do; first steps while empty. */
export function OverviewPage() {
  const search = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const range = readRange(search.range);
  const chart = charts.find((each) => each === search.chart) ?? 'runs';
  const stretch = stretchOf(range, useNow(60_000));
  const timeline = useQuery(timelineQuery(stretch, known[range].step));
  const earlier = useQuery(timelineQuery(before(range, stretch), 'whole'));
  const latest = useInfiniteQuery(latestQuery);
  useLiveRefresh(trendsKey, ({ topic }) => topic === 'run' || topic === 'event', known[range].calm);
  const isEmpty = latest.data?.length === 0 && timeline.data?.total.events === 0;
  const show = (more: { range?: string; chart?: Chart }) =>
    void navigate({ search: (old) => ({ ...old, ...more }), replace: true, resetScroll: false });

  if (isEmpty)
    return (
      <Page
        title="Overview"
        description="Nothing has come in yet. To see it work at once, play a rehearsal call; for your own calls there are three steps."
        actions={rehearsal}
      >
        <FirstSteps />
      </Page>
    );
  return (
    <Page
      title="Overview"
      actions={
        <>
          <Segmented
            label="Time"
            value={range}
            options={ranges.map((each) => [each, known[each].label])}
            onChange={(next) => show({ range: next })}
          />
          {rehearsal}
        </>
      }
    >
      {timeline.isError && !timeline.data ? (
        <Failure
          error={timeline.error}
          what="The figures could not be loaded"
          retry={() => void timeline.refetch()}
        />
      ) : (
        <Summary
          timeline={timeline.data}
          before={earlier.data?.total}
          called={known[range].label}
          stretch={stretch}
        />
      )}
      <div className="grid min-w-0 gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)]">
        <div className="min-w-0 lg:order-last">
          <Attention />
        </div>
        {(timeline.data || !timeline.isError) && (
          <Trends timeline={timeline.data} chart={chart} onChart={(next) => show({ chart: next })} />
        )}
      </div>
      <div className="grid min-w-0 gap-4 lg:grid-cols-3">
        <FlowHealth stretch={stretch} />
        <DestinationHealth />
        <AgentHealth />
      </div>
      <Latest />
    </Page>
  );
}

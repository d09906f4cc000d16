import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { BarChart } from '@/components/bar-chart';
import { ChartLegend } from '@/components/chart-legend';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Segmented } from '@/components/segmented';
import { Skeleton } from '@/components/skeleton';
import { known as knownRanges, ranges, readRange, stretchOf, ticksOf } from '@/lib/chart-range';
import { count, percent } from '@/lib/format';
import { attemptsKey, attemptsQuery } from '@/lib/server/destinations';
import { toFields } from '@/lib/time';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { useNow } from '@/lib/use-now';
import { barsOf, type Chart, charts, known } from './attempts';

/** How attempts went over time; each bar leads to its deliveries, where the destination has some. */
export function AttemptsPanel({ name }: { name: string }) {
  const search = useSearch({ from: '/shell/destinations/$name' });
  const navigate = useNavigate({ from: '/destinations/$name' });
  const range = readRange(search.range);
  const chart = charts.find((each) => each === search.chart) ?? 'attempts';
  const { step, calm } = knownRanges[range];
  const query = useQuery(attemptsQuery(name, stretchOf(range, useNow(60_000)), step));
  useLiveRefresh(attemptsKey, ({ topic }) => topic === 'entry', calm);
  const show = (more: { range?: string; chart?: Chart }) =>
    void navigate({ search: (old) => ({ ...old, ...more }), replace: true, resetScroll: false });
  const { data: timeline } = query;
  const { what, legend, tones, axis } = known[chart];
  const { succeeded = 0, failed = 0 } = timeline?.total ?? {};
  const hasDeliveries = /:\d+$/.test(name);
  return (
    <Panel
      title={what}
      actions={
        <>
          <Segmented
            label="Chart"
            value={chart}
            options={charts.map((each) => [each, known[each].label])}
            onChange={(next) => show({ chart: next })}
          />
          <Segmented
            label="Time"
            value={range}
            options={ranges.map((each) => [each, knownRanges[each].label])}
            onChange={(next) => show({ range: next })}
          />
        </>
      }
    >
      {query.isError && !timeline ? (
        <Failure
          error={query.error}
          what="The attempts could not be loaded"
          retry={() => void query.refetch()}
        />
      ) : !timeline ? (
        <Skeleton rows={5} />
      ) : succeeded + failed === 0 ? (
        <Empty icon={<ChartColumn />} title="No attempts in this time">
          Each attempt of a flow to reach it is counted here by the hour. Choose a longer time above.
        </Empty>
      ) : (
        <div className="flex flex-col gap-3">
          <p className="text-ink-soft">
            <strong className="font-medium text-ink">{percent(succeeded, succeeded + failed)}</strong> of{' '}
            {count(succeeded + failed)} succeeded
          </p>
          <BarChart
            low
            label={what}
            along="When"
            bars={barsOf(chart, timeline)}
            tones={tones}
            axis={axis}
            ticks={ticksOf(timeline)}
            place={(bar, i, place) => {
              const part = timeline.parts[i];
              return hasDeliveries && part ? (
                <Link
                  key={bar.key}
                  to="/deliveries"
                  search={{ destination: name, ...toFields(part) }}
                  {...place}
                />
              ) : (
                <span key={bar.key} role="img" {...place} />
              );
            }}
          />
          <ChartLegend items={legend} />
        </div>
      )}
    </Panel>
  );
}

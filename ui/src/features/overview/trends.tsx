import { Link } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { BarChart } from '@/components/bar-chart';
import { ChartLegend } from '@/components/chart-legend';
import { Empty } from '@/components/empty';
import { Panel } from '@/components/panel';
import { Segmented } from '@/components/segmented';
import { Skeleton } from '@/components/skeleton';
import { ticksOf } from '@/lib/chart-range';
import { toFields } from '@/lib/time';
import type { Timeline } from '@/lib/types';
import { barsOf, type Chart, charts, known } from './charts';
import { LatencySpread } from './latency-spread';

type Props = { timeline: Timeline | undefined; chart: Chart; onChart: (chart: Chart) => void };

/** What happened over time; each bar leads to what it counts. */
export function Trends({ timeline, chart, onChart }: Props) {
  const { what, legend, tones, axis } = known[chart];
  const bars = timeline ? barsOf(chart, timeline) : [];
  const isEmpty = bars.every((bar) => bar.parts.every((part) => part === 0));
  return (
    <Panel
      title={what}
      actions={
        <Segmented
          label="Chart"
          value={chart}
          options={charts.map((each) => [each, known[each].label])}
          onChange={onChart}
        />
      }
    >
      {!timeline ? (
        <Skeleton rows={6} />
      ) : isEmpty ? (
        <Empty icon={<ChartColumn />} title="Nothing in this time">
          {chart === 'latency'
            ? 'Once a flow acts on the end of a call, this shows how long the caller’s system waited for it.'
            : 'What comes in is counted here by the hour. Choose a longer time above, or play a rehearsal call.'}
        </Empty>
      ) : (
        <div className="flex flex-col gap-3">
          <BarChart
            label={what}
            along="When"
            bars={bars}
            tones={tones}
            axis={axis}
            ticks={ticksOf(timeline)}
            place={(bar, i, place) => {
              const part = timeline.parts[i];
              const within = part ? toFields(part) : {};
              return chart === 'calls' ? (
                <Link key={bar.key} to="/calls" search={within} {...place} />
              ) : (
                <Link key={bar.key} to="/runs" search={{ ...within, parts: 'with' }} {...place} />
              );
            }}
          />
          <ChartLegend items={legend} />
          {chart === 'latency' && <LatencySpread timeline={timeline} />}
        </div>
      )}
    </Panel>
  );
}

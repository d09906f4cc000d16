import { BarChart } from '@/components/bar-chart';
import { compact } from '@/lib/format';
import type { Timeline } from '@/lib/types';
import { histogramOf } from './charts';

/** How many waited how long for the first action. */
export function LatencySpread({ timeline }: { timeline: Timeline }) {
  const bars = histogramOf(timeline);
  return (
    <div className="border-t border-line pt-3">
      <h3 className="mb-2 font-medium">How long it took</h3>
      <BarChart
        low
        label="How many waited how long"
        along="How long"
        bars={bars}
        tones={['main']}
        axis={compact}
        ticks={bars.map((bar, at) => ({ at, text: bar.key }))}
        place={(bar, _, place) => <span key={bar.key} role="img" {...place} />}
      />
      <p className="mt-2 text-xs text-ink-mute">
        What is said of half and of 95 of 100 is estimated from these {timeline.histogram.length} parts.
      </p>
    </div>
  );
}

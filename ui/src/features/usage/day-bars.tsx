import { BarChart } from '@/components/bar-chart';
import { dayIn } from '@/lib/format';

type Props = {
  label: string;
  zone: string;
  days: { at: string; value: number }[];
  shown: (value: number) => string;
};

/** A small bar for each day. */
export function DayBars({ label, zone, days, shown }: Props) {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  return (
    <>
      <BarChart
        label={`${label} by day`}
        along="Day"
        bars={days.map(({ at, value }) => ({
          key: at,
          title: dayIn(at, zone),
          parts: [value],
          facts: [[label, shown(value)]],
        }))}
        tones={['main']}
        ticks={[]}
        place={(bar, _, place) => <span key={bar.key} role="img" {...place} />}
      />
      <p aria-hidden="true" className="flex justify-between text-xs text-ink-mute">
        <span>{dayIn(first.at, zone)}</span>
        <span>{dayIn(last.at, zone)}</span>
      </p>
    </>
  );
}

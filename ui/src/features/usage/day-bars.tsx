import { dayIn } from '@/lib/format';

type Props = {
  label: string;
  zone: string;
  days: { at: string; value: number }[];
  shown: (value: number) => string;
};

const HEIGHT = 44;
const STEP = 8;

/** A bar for each day; a day in which nothing was counted is a line on the ground. */
export function DayBars({ label, zone, days, shown }: Props) {
  const most = Math.max(0, ...days.map((day) => day.value));
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const said = `${label} by day, ${dayIn(first.at, zone)} to ${dayIn(last.at, zone)}; the most in a day: ${shown(most)}`;
  return (
    <>
      <svg
        role="img"
        aria-label={said}
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="mt-1.5 h-11 w-full"
      >
        {days.map((day, at) => {
          const height = most > 0 ? Math.max(day.value > 0 ? 2 : 0, (day.value / most) * (HEIGHT - 2)) : 0;
          return (
            <g key={day.at} className="group">
              <title>{`${dayIn(day.at, zone)}: ${shown(day.value)}`}</title>
              <rect x={at * STEP} y={0} width={STEP} height={HEIGHT} className="fill-transparent" />
              <rect
                x={at * STEP + 1}
                y={HEIGHT - Math.max(1, height)}
                width={STEP - 2}
                height={Math.max(1, height)}
                className={day.value > 0 ? 'fill-accent group-hover:fill-accent-hover' : 'fill-line-strong'}
              />
            </g>
          );
        })}
      </svg>
      <p className="mt-1 flex justify-between text-xs text-ink-mute">
        <span>{dayIn(first.at, zone)}</span>
        <span>{dayIn(last.at, zone)}</span>
      </p>
    </>
  );
}

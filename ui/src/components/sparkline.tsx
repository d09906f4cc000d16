import { classes } from '@/lib/classes';

type Props = { values: (number | null)[]; tone?: 'main' | 'bad' | 'mute'; className?: string };

const strokes = {
  main: 'stroke-chart-main fill-chart-main/12',
  bad: 'stroke-chart-bad fill-chart-bad/12',
  mute: 'stroke-ink-mute fill-transparent',
};

/** The shape of a few numbers beside what they come to; a gap is drawn as the value before it. */
export function Sparkline({ values, tone = 'main', className }: Props) {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const step = 100 / Math.max(1, values.length - 1);
  let last: number | undefined;
  const points = values.flatMap((value, i) => {
    last = value ?? last;
    if (last === undefined) return [];
    return [{ x: (i * step).toFixed(2), y: (23 - (last / most) * 22).toFixed(2) }];
  });
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ');
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      className={classes('h-6 w-full', strokes[tone], className)}
    >
      <polygon points={`${points[0]?.x ?? 0},24 ${line} 100,24`} className="stroke-none" />
      <polyline
        points={line}
        className="fill-none"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

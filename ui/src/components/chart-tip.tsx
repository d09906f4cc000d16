import type { Fact } from './facts';

type Props = { title: string; facts: Fact[]; at: number };

/** What a bar says, above it; beside the edges of the chart it stays inside. `at` is its place from 0 to 1. */
export function ChartTip({ title, facts, at }: Props) {
  const shift = at < 0.2 ? '0%' : at > 0.8 ? '-100%' : '-50%';
  return (
    <div
      aria-hidden="true"
      style={{ left: `${at * 100}%`, transform: `translateX(${shift})` }}
      className="pointer-events-none absolute top-0 z-10 w-max max-w-56 rounded-md border border-line bg-raised px-3 py-2 text-xs shadow-pop"
    >
      <p className="font-medium">{title}</p>
      <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-mute">{label}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

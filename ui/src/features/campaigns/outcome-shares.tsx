import { Link } from '@tanstack/react-router';
import { count } from '@/lib/format';
import type { OutcomeShare } from '@/lib/types';

type Props = {
  title: string;
  /** What calls are called of which it is not known. */
  unknown: string;
  shares: OutcomeShare[];
  all: number;
  filterOf: (value: string) => { campaign: string; disposition?: string; status?: string };
};

/** Values with how many calls have each, as bars that lead to these calls. */
export function OutcomeShares({ title, unknown, shares, all, filterOf }: Props) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1.5 text-xs text-ink-mute">{title}</h3>
      <ul className="flex flex-col gap-1.5">
        {shares.map(({ value, calls }) => (
          <li key={value ?? ''}>
            {value ? (
              <Link
                to="/calls"
                search={filterOf(value)}
                className="block rounded hover:[&_b]:text-accent hover:[&_b]:underline"
              >
                <Line words={value.replaceAll('_', ' ')} calls={calls} all={all} />
              </Link>
            ) : (
              <Line words={unknown} calls={calls} all={all} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ words, calls, all }: { words: string; calls: number; all: number }) {
  const share = (calls / all) * 100;
  return (
    <>
      <span className="flex justify-between gap-3">
        <b className="truncate font-normal">{words}</b>
        <span className="text-ink-soft tabular-nums">
          {count(calls)} · {share < 1 ? '<1' : Math.round(share)} %
        </span>
      </span>
      <span aria-hidden="true" className="mt-0.5 block h-1.5 overflow-hidden rounded-full bg-inset">
        <span className="block h-full bg-chart-main" style={{ width: `max(2px, ${share}%)` }} />
      </span>
    </>
  );
}

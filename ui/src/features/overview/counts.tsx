import { Link } from '@tanstack/react-router';
import type { Tone } from '@/components/status';
import { StatusDot } from '@/components/status-dot';
import { count } from '@/lib/format';
import type { Stats } from '@/lib/types';

const tiles: { status: keyof Stats['runs']; label: string; tone: Tone }[] = [
  { status: 'running', label: 'Running', tone: 'live' },
  { status: 'waiting', label: 'Waiting', tone: 'wait' },
  { status: 'failed', label: 'Failed', tone: 'bad' },
  { status: 'succeeded', label: 'Succeeded', tone: 'ok' },
  { status: 'cancelled', label: 'Cancelled', tone: 'off' },
];

/** Runs by status; each figure leads to the runs it counts. */
export function Counts({ stats }: { stats: Stats | undefined }) {
  return (
    <ul
      aria-label="Runs by status"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-5"
    >
      {tiles.map(({ status, label, tone }) => (
        <li key={status} className="bg-surface last:max-sm:col-span-2">
          <Link
            to="/runs"
            search={{ status }}
            className="flex flex-col gap-1 px-4 py-3 outline-offset-[-2px] hover:bg-inset"
          >
            <span className="flex items-center gap-1.5 text-ink-soft">
              <StatusDot tone={tone} />
              {label}
            </span>
            <span className="text-xl font-semibold tracking-tight">
              {stats ? count(stats.runs[status]) : '–'}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

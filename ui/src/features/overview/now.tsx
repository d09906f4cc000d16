import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import type { Tone } from '@/components/status';
import { StatusDot } from '@/components/status-dot';
import { count } from '@/lib/format';
import { statsQuery } from '@/lib/server/stats';
import { useLiveRefresh } from '@/lib/use-live-refresh';

const places: { status: 'running' | 'waiting'; label: string; tone: Tone }[] = [
  { status: 'running', label: 'running', tone: 'live' },
  { status: 'waiting', label: 'waiting', tone: 'wait' },
];

/** Runs under way at this moment; each figure leads to them. */
export function Now() {
  const stats = useQuery(statsQuery());
  useLiveRefresh(['stats'], ({ topic }) => topic === 'run');
  if (stats.isError && !stats.data)
    return (
      <Failure
        error={stats.error}
        what="The figures of this moment could not be loaded"
        retry={() => void stats.refetch()}
      />
    );
  return (
    <ul aria-label="Runs under way" className="flex gap-1 text-xs">
      {places.map(({ status, label, tone }) => (
        <li key={status}>
          <Link
            to="/runs"
            search={{ status }}
            className="flex items-center gap-1.5 rounded px-2 py-1 text-ink-soft hover:bg-inset hover:text-ink"
          >
            <StatusDot tone={(stats.data?.runs[status] ?? 0) > 0 ? tone : 'off'} />
            <span className="font-medium text-ink">{stats.data ? count(stats.data.runs[status]) : '–'}</span>
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

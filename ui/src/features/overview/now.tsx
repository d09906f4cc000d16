import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import type { Tone } from '@/components/status';
import { StatusDot } from '@/components/status-dot';
import { count } from '@/lib/format';
import { statsQuery } from '@/lib/server/stats';
import { useLiveRefresh } from '@/lib/use-live-refresh';

const linkClass = 'flex items-center gap-1.5 rounded px-2 py-1 text-ink-soft hover:bg-inset hover:text-ink';

/** Calls that people are in, and those that ring. */
const calls = [
  { part: 'talking', status: 'in-progress', label: 'talking' },
  { part: 'ringing', status: 'ringing', label: 'ringing' },
] as const;
const places: { status: 'running' | 'waiting'; label: string; tone: Tone }[] = [
  { status: 'running', label: 'running', tone: 'live' },
  { status: 'waiting', label: 'waiting', tone: 'wait' },
];

/** Calls and runs, branches and items among them, under way at this moment; each figure leads to them. */
export function Now() {
  const stats = useQuery(statsQuery());
  useLiveRefresh(['stats'], ({ topic }) => topic === 'run' || topic === 'event');
  if (stats.isError && !stats.data)
    return (
      <Failure
        error={stats.error}
        what="The figures of this moment could not be loaded"
        retry={() => void stats.refetch()}
      />
    );
  return (
    <ul aria-label="Under way now" className="flex flex-wrap gap-1 text-xs">
      {calls.map(({ part, status, label }) => (
        <li key={part}>
          <Link to="/calls" search={{ status }} className={linkClass}>
            <StatusDot tone={(stats.data?.calls[part] ?? 0) > 0 ? 'live' : 'off'} />
            <span className="font-medium text-ink">{stats.data ? count(stats.data.calls[part]) : '–'}</span>
            {label}
          </Link>
        </li>
      ))}
      {places.map(({ status, label, tone }) => (
        <li key={status}>
          <Link to="/runs" search={{ status, parts: 'with' }} className={linkClass}>
            <StatusDot tone={(stats.data?.runs[status] ?? 0) > 0 ? tone : 'off'} />
            <span className="font-medium text-ink">{stats.data ? count(stats.data.runs[status]) : '–'}</span>
            {label}
          </Link>
        </li>
      ))}
      {stats.data && (
        <li
          className="flex items-center px-2 py-1 text-ink-mute"
          title="On the node that answers: runs with a place in its queue, and calls to the world that it makes"
        >
          {count(stats.data.queued)} queued · {count(stats.data.performing)} being sent
        </li>
      )}
    </ul>
  );
}

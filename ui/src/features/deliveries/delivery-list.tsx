import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import type { Tone } from '@/components/status';
import { Time } from '@/components/time';
import { milliseconds } from '@/lib/format';
import { moveBetweenRows } from '@/lib/rows';
import type { Delivery } from '@/lib/types';

const tones: Record<Delivery['result'], Tone> = { ok: 'ok', failed: 'bad', unknown: 'wait' };

/** What was answered, else why nothing was. */
const answer = ({ status, result, error }: Delivery) =>
  status ? String(status) : result === 'unknown' ? 'not known' : (error ?? result).replaceAll('_', ' ');

/** One row per attempt; each leads to it in its run. */
export function DeliveryList({ rows }: { rows: Delivery[] }) {
  return (
    <ul aria-label="Deliveries" onKeyDown={moveBetweenRows} className="@container divide-y divide-line">
      {rows.map((row) => (
        <li key={`${row.run_id}/${row.entry}`}>
          <Link
            to="/runs/$runId"
            params={{ runId: row.run_id }}
            search={{ entry: row.entry }}
            data-row
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 px-4 py-2 outline-offset-[-2px] hover:bg-inset @3xl:grid-cols-[7.5rem_minmax(0,3fr)_minmax(0,2fr)_4.5rem_7.5rem]"
          >
            <span className="order-2 justify-self-end @3xl:order-none @3xl:justify-self-start">
              <Badge tone={tones[row.result]}>{answer(row)}</Badge>
            </span>
            <span className="order-1 min-w-0 @3xl:order-none">
              <span className="block truncate font-medium">{row.destination}</span>
              <span className="block truncate font-mono text-xs text-ink-mute">
                {row.method} {pathOf(row)}
              </span>
            </span>
            <span className="order-3 min-w-0 @3xl:order-none">
              <span className="block truncate">{row.flow.name}</span>
              <span className="block truncate text-xs text-ink-mute">
                {row.step} · attempt {row.attempt}
                {row.run_status === 'failed' &&
                  row.result === 'failed' &&
                  !row.retry_at &&
                  ' · the run failed'}
              </span>
            </span>
            <span className="justify-self-end text-ink-soft @max-3xl:hidden">
              {milliseconds(row.duration_ms)}
            </span>
            <span className="order-4 justify-self-end text-ink-soft @3xl:order-none">
              <Time at={row.at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The address behind its host, which stands above it. */
function pathOf({ url }: Delivery): string {
  try {
    const { pathname, search } = new URL(url ?? '');
    return pathname + search;
  } catch {
    return url ?? '';
  }
}

import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import type { Tone } from '@/components/status';
import { Time } from '@/components/time';
import { milliseconds } from '@/lib/format';
import type { Delivery } from '@/lib/types';
import { inWords } from './answers';
import type { DeliverySearch } from './filter';

const tones: Record<Delivery['result'], Tone> = { ok: 'ok', failed: 'bad', unknown: 'wait' };

/** What was answered, else why nothing was. */
const answer = ({ status, result, error }: Delivery) =>
  status ? String(status) : result === 'unknown' ? 'not known' : inWords(error ?? result);

/** An attempt in a list: one link, as high beside the open one as without. */
export function DeliveryLine({ row, search }: { row: Delivery; search: DeliverySearch }) {
  return (
    <Link
      to="/deliveries"
      search={{ ...search, run: row.run_id, entry: row.entry }}
      replace={location.pathname === '/deliveries'}
      resetScroll={location.pathname !== '/deliveries'}
      data-row
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 px-4 py-2 outline-offset-[-2px] hover:bg-inset @lg:grid-cols-[6rem_minmax(0,1fr)_minmax(0,1fr)_auto]"
    >
      <span className="order-2 min-w-0 justify-self-end @lg:order-none @lg:justify-self-start">
        <Badge tone={tones[row.result]}>{answer(row)}</Badge>
      </span>
      <span className="order-1 min-w-0 @lg:order-none">
        <span className="block truncate font-medium">{row.destination}</span>
        <span className="block truncate font-mono text-xs text-ink-mute">
          {row.method} {pathOf(row)}
        </span>
      </span>
      <span className="order-3 min-w-0 @lg:order-none">
        <span className="block truncate">{row.flow.name}</span>
        <span className="block truncate text-xs text-ink-mute">
          {row.step} · attempt {row.attempt}
          {row.run_status === 'failed' && row.result === 'failed' && !row.retry_at && ' · the run failed'}
        </span>
      </span>
      <span className="order-4 justify-self-end text-right text-ink-soft @lg:order-none">
        <Time at={row.at} />
        <span className="block text-xs text-ink-mute">{milliseconds(row.duration_ms)}</span>
      </span>
    </Link>
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

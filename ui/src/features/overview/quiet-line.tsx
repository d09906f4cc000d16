import { Link } from '@tanstack/react-router';
import { PhoneOff } from 'lucide-react';
import { plural } from '@/lib/format';
import type { Alert } from '@/lib/types';

/** Several agents that are quiet are likely one trouble: a platform that sends nothing, a line that is down. */
export function QuietLine({ alerts }: { alerts: Alert[] }) {
  return (
    <li>
      <Link to="/alerts" className="flex gap-2.5 px-4 py-2.5 outline-offset-[-2px] hover:bg-inset">
        <PhoneOff aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-wait" strokeWidth={1.75} />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="font-medium">{plural(alerts.length, 'agent')} are quiet</span>
          <span className="truncate text-xs text-ink-mute">
            {alerts.map(({ agent }) => agent).join(', ')}
          </span>
        </span>
      </Link>
    </li>
  );
}

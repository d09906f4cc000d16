import { Link } from '@tanstack/react-router';
import { PauseCircle, PhoneOff, TrendingDown, Unplug } from 'lucide-react';
import { Time } from '@/components/time';
import type { Alert } from '@/lib/types';
import { causeOf } from './cause';

const icons: Record<Alert['kind'], { icon: typeof Unplug; color: string }> = {
  flow_failing: { icon: TrendingDown, color: 'text-wait' },
  flow_paused: { icon: PauseCircle, color: 'text-bad' },
  webhook_gone: { icon: PauseCircle, color: 'text-bad' },
  destination_failing: { icon: Unplug, color: 'text-bad' },
  agent_quiet: { icon: PhoneOff, color: 'text-wait' },
};

/** Trouble that lasts; it leads to what it comes from. */
export function AlertLine({ alert }: { alert: Alert }) {
  const { icon: Icon, color } = icons[alert.kind];
  return (
    <li>
      <Link {...causeOf(alert)} className="flex gap-2.5 px-4 py-2.5 outline-offset-[-2px] hover:bg-inset">
        <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${color}`} strokeWidth={1.75} />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex justify-between gap-3">
            <span className="line-clamp-2 font-medium text-pretty" title={alert.title}>
              {alert.title}
            </span>
            <span className="shrink-0 text-xs text-ink-mute">
              <Time at={alert.since} relative />
            </span>
          </span>
          <span className="truncate text-xs text-ink-mute">{alert.cause}</span>
        </span>
      </Link>
    </li>
  );
}

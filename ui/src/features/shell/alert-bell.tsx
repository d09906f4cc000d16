import { Link } from '@tanstack/react-router';
import { Bell } from 'lucide-react';
import { OpenAlerts } from './open-alerts';

/** On narrow screens the navigation is folded away: alerts are not. */
export function AlertBell() {
  return (
    <Link
      to="/alerts"
      aria-label="Alerts"
      className="ml-auto inline-flex h-8 items-center gap-1 rounded-md px-2 text-ink-soft hover:bg-inset hover:text-ink"
    >
      <Bell aria-hidden="true" className="size-4" strokeWidth={1.75} />
      <OpenAlerts />
    </Link>
  );
}

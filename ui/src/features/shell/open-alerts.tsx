import { useQuery } from '@tanstack/react-query';
import { openAlertsQuery } from '@/lib/server/alerts';
import { useLiveRefresh } from '@/lib/use-live-refresh';

const MOST = 99;

/** How many alerts nobody has seen: beside the word in the navigation. */
export function OpenAlerts() {
  const query = openAlertsQuery();
  const open = useQuery(query);
  useLiveRefresh(query.queryKey, ({ topic }) => topic === 'alert');
  const count = open.data ?? 0;
  if (count === 0) return null;
  return (
    <span className="ml-auto inline-flex min-w-5 justify-center rounded-full bg-bad px-1.5 text-xs font-medium text-surface tabular-nums">
      {count > MOST ? `${MOST}+` : count}
      <span className="sr-only"> open</span>
    </span>
  );
}

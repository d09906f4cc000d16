import { Link } from '@tanstack/react-router';
import { shortId } from '@/lib/format';
import type { AuditRow } from '@/lib/types';

const lists: Record<string, string> = {
  alert: '/alerts',
  budget: '/usage',
  calls: '/calls',
  campaign: '/campaigns',
  connection: '/connections',
  contact: '/contacts',
  contacts: '/contacts',
  deliveries: '/deliveries',
  destination: '/destinations',
  endpoint: '/endpoints',
  key: '/keys',
  member: '/settings/members',
  notifications: '/settings/notify',
  prices: '/usage',
  recordings: '/settings/retention',
  retention: '/settings/retention',
  runs: '/runs',
  secret: '/secrets',
};

const look = 'font-medium text-accent hover:underline';

/** What an entry is about, one click from where it is. What is gone stays a name. */
export function Thing({ row }: { row: AuditRow }) {
  const { id, what } = row;
  const name = row.name ?? (id ? shortId(id) : '');
  const text = <span className="break-all">{name}</span>;
  if (!name) return null;
  if (row.action === 'deleted' || !id) return <span className="font-medium">{text}</span>;
  if (what === 'flow')
    return (
      <Link to="/flows/$flowId" params={{ flowId: id }} className={look}>
        {text}
      </Link>
    );
  if (what === 'run')
    return (
      <Link to="/runs/$runId" params={{ runId: id }} className={look}>
        {text}
      </Link>
    );
  if (what === 'agent')
    return (
      <Link to="/agents/$agentId" params={{ agentId: id }} className={look}>
        {text}
      </Link>
    );
  if (what === 'call')
    return (
      <Link to="/calls/$callId" params={{ callId: id }} className={look}>
        {text}
      </Link>
    );
  if (what === 'recipe')
    return (
      <Link to="/recipes/$recipe" params={{ recipe: id }} className={look}>
        {text}
      </Link>
    );
  const list = lists[what];
  return list ? (
    <Link to={list} className={look}>
      {text}
    </Link>
  ) : (
    <span className="font-medium">{text}</span>
  );
}

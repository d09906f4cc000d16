import { Link, type LinkProps } from '@tanstack/react-router';
import { shortId } from '@/lib/format';
import type { AuditRow } from '@/lib/types';

const lists: Record<string, LinkProps['to']> = {
  alert: '/alerts',
  budget: '/usage',
  calls: '/calls',
  connection: '/connections',
  contacts: '/contacts',
  deliveries: '/deliveries',
  destination: '/destinations',
  endpoint: '/endpoints',
  key: '/keys',
  member: '/settings/members',
  network: '/settings/network',
  notifications: '/settings/notify',
  pausing: '/settings/workspace',
  prices: '/usage',
  recordings: '/settings/retention',
  redaction: '/settings/retention',
  retention: '/settings/retention',
  runs: '/runs',
  secret: '/secrets',
  workspace: '/settings/workspace',
};

/** Things with a page of their own. */
const pages: Record<string, (id: string) => LinkProps> = {
  agent: (agentId) => ({ to: '/agents/$agentId', params: { agentId } }),
  call: (callId) => ({ to: '/calls/$callId', params: { callId } }),
  campaign: (campaignId) => ({ to: '/campaigns/$campaignId', params: { campaignId } }),
  contact: (contactId) => ({ to: '/contacts/$contactId', params: { contactId } }),
  flow: (flowId) => ({ to: '/flows/$flowId', params: { flowId } }),
  recipe: (recipe) => ({ to: '/recipes/$recipe', params: { recipe } }),
  run: (runId) => ({ to: '/runs/$runId', params: { runId } }),
};

/** What an entry is about, one click from where it is. What is gone stays a name. */
export function Thing({ row: { id, what, action, name } }: { row: AuditRow }) {
  const shown = name ?? (id ? shortId(id) : '');
  if (!shown) return null;
  const text = <span className="break-all">{shown}</span>;
  const place = action === 'deleted' || !id ? undefined : (pages[what]?.(id) ?? { to: lists[what] });
  return place?.to ? (
    <Link {...place} className="font-medium text-accent hover:underline">
      {text}
    </Link>
  ) : (
    <span className="font-medium">{text}</span>
  );
}

import { readOne, readText } from '@/lib/search';
import type { AuditQuery } from '@/lib/server/audit';

export const actions = [
  'created',
  'changed',
  'deleted',
  'enabled',
  'disabled',
  'published',
  'detached',
  'paused',
  'resumed',
  'caught_up',
  'run',
  'replayed',
  'cancelled',
  'tested',
  'rehearsed',
  'analyzed',
  'opened',
  'revealed',
  'reconciled',
  'forgot',
  'acknowledged',
  'imported',
  'exported',
  'shared',
  'unshared',
  'set',
  'rotated',
  'invited',
  'revoked',
  'signed_in',
  'signed_out',
];

export const kinds = [
  'agent',
  'alert',
  'alerts',
  'audit',
  'budget',
  'call',
  'calls',
  'campaign',
  'connection',
  'contact',
  'contacts',
  'deliveries',
  'destination',
  'destinations',
  'endpoint',
  'event',
  'events',
  'flow',
  'key',
  'member',
  'network',
  'notifications',
  'number',
  'pausing',
  'prices',
  'quiet agents',
  'recipe',
  'recording',
  'recordings',
  'redaction',
  'retention',
  'run',
  'runs',
  'secret',
  'session',
  'workspace',
  'other',
];

export type AuditFilter = {
  by?: string;
  action?: string;
  what?: string;
  id?: string;
  /** Days, as the viewer's calendar has them. */
  from?: string;
  to?: string;
};

const day = /^\d{4}-\d{2}-\d{2}$/;

function readDay<Name extends string>(search: Record<string, unknown>, name: Name): { [K in Name]?: string } {
  const value = search[name];
  const isDay = typeof value === 'string' && day.test(value) && !Number.isNaN(Date.parse(value));
  return (isDay ? { [name]: value } : {}) as { [K in Name]?: string };
}

/** The filters of the audit log as they stand in the URL. */
export function readAuditFilter(search: Record<string, unknown>): AuditFilter {
  return {
    ...readText(search, 'by'),
    ...readOne(search, 'action', actions),
    ...readOne(search, 'what', kinds),
    ...readText(search, 'id'),
    ...readDay(search, 'from'),
    ...readDay(search, 'to'),
  };
}

/** As the server takes them: a day begins and ends in the viewer's zone. */
export function toAuditQuery({ from, to, ...rest }: AuditFilter): AuditQuery {
  return {
    ...rest,
    ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to && { to: new Date(`${to}T23:59:59.999`).toISOString() }),
  };
}

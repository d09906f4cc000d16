import type { AuditRow } from '@/lib/types';

const done: Record<string, string> = {
  enabled: 'turned on',
  disabled: 'turned off',
  caught_up: 'caught up',
  signed_in: 'signed in',
  signed_out: 'signed out',
  set: 'set a value of',
  exported: 'exported',
  invited: 'made a sign-in link for',
  revoked: 'took back the link of',
  tested: 'tried out',
  run: 'ran',
  revealed: 'looked at confidential values of',
};

const called: Record<string, string> = {
  audit: 'the audit log',
  network: 'which networks are open',
  notifications: 'whom to tell of failures',
  pausing: 'when flows are paused',
  key: 'API key',
  prices: 'what usage costs',
  'quiet agents': 'whose silence is an alert',
  recordings: 'how recordings are kept',
  redaction: 'which fields are confidential',
  retention: 'how long what is kept',
  number: 'a phone number',
  workspace: 'what the workspace is called',
  other: 'something',
};

/** The verb of an entry, as it stands in a sentence. */
export const verb = (action: string): string => done[action] ?? action.replaceAll('_', ' ');

/** The kind of thing, as it stands in a sentence. */
export const noun = (what: string): string => called[what] ?? what;

/** What an act on many things came to. */
export const counted = (counts: AuditRow['counts']): string =>
  Object.entries(counts)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`)
    .join(', ');

/** A value on one side of a change, in a line. */
export function side(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value || '""' : JSON.stringify(value);
}

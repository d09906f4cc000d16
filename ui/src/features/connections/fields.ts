import type { Connection, ConnectionKind } from '@/lib/types';

/** What stands in the inputs, by the fields' names. */
export type Fields = Record<string, string>;

export function fieldsOf(connection: Connection | undefined): Fields {
  const entries = Object.entries(connection?.fields ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** What is sent of them: only fields of the kind, without those left empty. A number that is none is sent as typed, so that the
 * server says what is wrong. */
export function toSend(kind: ConnectionKind, fields: Fields): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const { name, type } of kind.fields) {
    const value = fields[name] ?? '';
    const trimmed = type === 'secret' ? value : value.trim();
    if (trimmed === '') continue;
    sent[name] = type === 'number' && /^\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
  }
  return sent;
}

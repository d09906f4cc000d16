import type { Delivery } from '@/lib/types';

const classes: [string, string][] = [
  ['2xx', '2xx: accepted'],
  ['3xx', '3xx: elsewhere'],
  ['4xx', '4xx: refused'],
  ['5xx', '5xx: the receiver failed'],
];
/** Why nothing was answered, most often. */
const usual = ['timeout', 'connect', 'reset', 'dns', 'tls', 'blocked'];

/** A code of an error as words. */
export const inWords = (code: string): string => code.replaceAll('_', ' ');

/** What can be asked for: classes of statuses, the statuses and errors that are there, and what often is. */
export function answers(rows: Delivery[]): [value: string, label: string][] {
  const statuses = new Set(rows.flatMap(({ status }) => (status ? [String(status)] : [])));
  const errors = new Set([
    ...rows.flatMap(({ status, error }) => (error && !status ? [error] : [])),
    ...usual,
  ]);
  return [
    ...classes,
    ...[...statuses].sort().map((status): [string, string] => [status, status]),
    ...[...errors].sort().map((code): [string, string] => [code, inWords(code)]),
  ];
}

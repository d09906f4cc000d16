import { count } from '@/lib/format';
import type { RemovedByKind } from '@/lib/server/privacy';

const words: [keyof RemovedByKind, string, string][] = [
  ['calls', 'call', 'calls'],
  ['runs', 'run', 'runs'],
  ['recordings', 'copy of a recording', 'copies of recordings'],
  ['contacts', 'contact', 'contacts'],
  ['columns', 'column of another contact', 'columns of other contacts'],
  ['messages', 'message of a platform', 'messages of platforms'],
  ['events', 'event', 'events'],
  ['entries', 'entry in journals', 'entries in journals'],
  ['alerts', 'alert', 'alerts'],
  ['answers', 'kept answer', 'kept answers'],
];

/** What there is, kind by kind, in words; nothing of what there is none of. */
export function inWords(removed: RemovedByKind): string[] {
  return words
    .filter(([kind]) => removed[kind] > 0)
    .map(([kind, one, many]) => `${count(removed[kind])} ${removed[kind] === 1 ? one : many}`);
}

/** Searching and ordering the kinds of events. */
import type { EventKind } from '@/lib/types';

/** All names in a JSON value, however deep. */
function* names(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* names(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      yield name;
      yield* names(inner);
    }
  }
}

/** Whether a kind has all words of a search, in its name, its description or its payload's names. */
export function matches(kind: EventKind, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const said = [kind.kind, kind.title, kind.description, ...names(kind.payload), ...names(kind.sample)];
  const text = said.join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Who waits for an answer while flows run. */
export function waits(kind: EventKind): string {
  if (kind.kind === 'tool.called')
    return 'The agent, and the caller with it: 5 s unless the platform says otherwise';
  if (kind.kind === 'call.dialing') return 'The dialler: 3 s unless the platform says otherwise';
  if (kind.asks) return 'The platform, while it rings: 3 s unless the platform says otherwise';
  return 'Nobody';
}

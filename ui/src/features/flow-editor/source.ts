/** A value that many follow, each only a part of it: who follows is drawn again when its own part has changed, and not because
 * somebody typed elsewhere. */
import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';

export type Source<T> = { now: T; listeners: Set<() => void>; follow: (tell: () => void) => () => void };

export function sourceOf<T>(now: T): Source<T> {
  const listeners = new Set<() => void>();
  const follow = (tell: () => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  };
  return { now, listeners, follow };
}

export function useSource<T>(value: T): Source<T> {
  const [source] = useState(() => sourceOf(value));
  useLayoutEffect(() => {
    source.now = value;
    for (const tell of source.listeners) tell();
  }, [source, value]);
  return source;
}

/** A part of it; it keeps its identity while it is the same. */
export function usePart<T, P>(
  source: Source<T>,
  part: (now: T) => P,
  same: (one: P, other: P) => boolean,
): P {
  const last = useRef<P>(undefined);
  return useSyncExternalStore(source.follow, () => {
    const next = part(source.now);
    if (last.current === undefined || !same(last.current, next)) last.current = next;
    return last.current;
  });
}

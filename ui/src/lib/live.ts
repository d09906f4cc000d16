import { useEffect, useRef, useSyncExternalStore } from 'react';
import { queryClient, readAgain } from './query';

export type Topic = 'event' | 'run' | 'entry' | 'alert' | 'message';
/** What the stream tells: the API's own shapes; only the names needed to decide what to fetch are read. */
export type Notice = { topic: Topic; data: Record<string, unknown> };
export type LiveState = 'connecting' | 'live' | 'lost';

/** Whether a notice is about the thing of this kind and id, or about something that belongs to it. */
export function concerns({ topic, data }: Notice, kind: 'run' | 'call' | 'flow', id: string): boolean {
  const nested = data[kind];
  const inner =
    typeof nested === 'object' && nested !== null ? (nested as Record<string, unknown>).id : nested;
  return (topic === kind && data.id === id) || data[`${kind}_id`] === id || inner === id;
}

const topics: Topic[] = ['event', 'run', 'entry', 'alert', 'message'];
const listeners = new Set<(notice: Notice) => void>();
const watchers = new Set<() => void>();
let source: EventSource | undefined;
let state: LiveState = 'connecting';

function become(next: LiveState) {
  state = next;
  for (const watcher of watchers) watcher();
}

/** To be called before anything is read: what happens between a read and the opening of the stream is read again. */
export function open() {
  if (source || location.pathname === '/signed-out') return;
  source = new EventSource('/v1/stream');
  source.onopen = () => {
    if (state !== 'live') void readAgain(queryClient);
    become('live');
  };
  source.onerror = () => {
    become('lost');
    // The browser reconnects by itself unless the server refused; then one slow attempt after the other.
    if (source?.readyState === EventSource.CLOSED) {
      source = undefined;
      if (listeners.size > 0) setTimeout(open, 30_000);
    }
  };
  // The server dropped notices because this watcher was too slow: everything may be old.
  source.addEventListener('lagged', () => void readAgain(queryClient));
  for (const topic of topics) {
    source.addEventListener(topic, (message) => {
      const data = parse(message.data);
      if (data) for (const listener of listeners) listener({ topic, data });
    });
  }
}

function parse(text: unknown): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function close() {
  if (listeners.size > 0) return;
  source?.close();
  source = undefined;
}

/** Hears every notice of the one stream that all parts of a page share. */
export function useLive(hear: (notice: Notice) => void): void {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const listener = (notice: Notice) => latest.current(notice);
    listeners.add(listener);
    open();
    return () => {
      listeners.delete(listener);
      // A page change mounts the next listener at once: closing waits for it.
      setTimeout(close, 1000);
    };
  }, []);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
  );
}

import { hashKey, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { type Notice, useLive } from './live';
import { readAgain } from './query';
import { throttle } from './throttle';

/** Fetches `key` again when the stream tells something that `concerns` it, at most once in `interval` ms. */
export function useLiveRefresh(key: QueryKey, concerns: (notice: Notice) => boolean, interval = 1000): void {
  const client = useQueryClient();
  const current = useRef(key);
  current.current = key;
  const refresh = useMemo(
    () => throttle(() => void client.invalidateQueries({ queryKey: current.current }), interval),
    [client, interval],
  );
  useLive((notice) => {
    if (concerns(notice)) refresh();
  });
}

/** Fetches again what the stream tells of, each key at most once in `interval` ms; a fetch that is under way is let end first. */
export function useLiveKeys(keysOf: (notice: Notice) => QueryKey[], interval = 1000): void {
  const client = useQueryClient();
  const due = useRef(new Map<string, QueryKey>());
  const refresh = useMemo(
    () =>
      throttle(() => {
        for (const queryKey of due.current.values()) void readAgain(client, queryKey);
        due.current.clear();
      }, interval),
    [client, interval],
  );
  useLive((notice) => {
    const keys = keysOf(notice);
    for (const key of keys) due.current.set(hashKey(key), key);
    if (keys.length > 0) refresh();
  });
}

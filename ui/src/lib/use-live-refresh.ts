import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { type Notice, useLive } from './live';
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

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Notice, useLive } from './live';
import { mergePage, missing, type Page, type Pages, type Row } from './merge-page';
import { throttle } from './throttle';

type Options<T> = {
  /** The list as the cache has it. */
  key: QueryKey;
  rows: T[] | undefined;
  /** Asks the server for a page of the list: for its head without a cursor. */
  ask: (cursor?: string) => Promise<Page<T>>;
  /** The row that a notice is about; nothing where it is about none of this list. */
  names: (notice: Notice) => unknown;
  /** How often the head is asked for at most, in ms. */
  pace?: number;
};

/** Follows a list of newest first, however many pages of it are there: rows that are shown change in place, and those that have
 * come are counted until somebody wants to see them, so that nothing moves under the reader's eyes. */
export function useFreshRows<T extends Row>({ key, rows, ask, names, pace = 2000 }: Options<T>) {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<Page<T> | undefined>();
  const [shown, setShown] = useState<Set<string>>(new Set());
  const latest = useRef({ rows, ask, key });
  latest.current = { rows, ask, key };
  const beyond = useRef<Set<number>>(new Set());

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(() => {
    setWaiting(undefined);
    setShown(new Set());
    beyond.current.clear();
  }, [key]);

  const look = useMemo(
    () =>
      throttle(() => {
        const asked = latest.current;
        const told = (page: Page<T>) => {
          if (latest.current.key !== asked.key) return;
          client.setQueryData<Pages<T>>(asked.key, (old) => old && mergePage(old, page));
          setWaiting(missing(page, latest.current.rows).length > 0 ? page : undefined);
        };
        // What cannot be asked now is asked when the next thing happens.
        asked.ask().then(told, () => undefined);
      }, pace),
    [client, pace],
  );
  /** Pages beyond the head are asked for again one by one, at a slow pace. */
  const lookBeyond = useMemo(
    () =>
      throttle(() => {
        const { ask, key } = latest.current;
        const list = client.getQueryData<Pages<T>>(key);
        for (const at of beyond.current) {
          const first = list?.pages[at]?.data[0]?.id;
          const told = (page: Page<T>) =>
            client.setQueryData<Pages<T>>(key, (old) => old && mergePage(old, page, first));
          if (first) ask(list?.pageParams[at]).then(told, () => undefined);
        }
        beyond.current.clear();
      }, 10_000),
    [client],
  );
  useLive((notice) => {
    const named = rows && names(notice);
    if (!named) return;
    look();
    const pages = client.getQueryData<Pages<T>>(key)?.pages ?? [];
    const at = pages.findIndex(({ data }) => data.some(({ id }) => id === named));
    if (at < 1) return;
    beyond.current.add(at);
    lookBeyond();
  });

  const fresh = waiting ? missing(waiting, rows) : [];
  const show = () => {
    if (!waiting) return;
    setShown(new Set(fresh.map(({ id }) => id)));
    setWaiting(undefined);
    client.setQueryData<Pages<T>>(key, { pages: [waiting], pageParams: [undefined] });
    window.scrollTo({ top: 0 });
  };
  return {
    count: fresh.length,
    atLeast: fresh.length > 0 && fresh.length === waiting?.data.length,
    shown,
    show,
  };
}

import { type InfiniteData, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Notice, useLive } from './live';
import { throttle } from './throttle';

type Row = { id: string };
type Page<T> = { data: T[]; next?: string | null };
type Pages<T> = InfiniteData<Page<T>, string | undefined>;

type Options<T> = {
  /** The list as the cache has it. */
  key: QueryKey;
  rows: T[] | undefined;
  /** Asks the server for the head of the list. */
  head: () => Promise<Page<T>>;
  concerns: (notice: Notice) => boolean;
};

/** Follows a list of newest first, however many pages of it are there: rows that are shown change in place, and those that have
 * come are counted until somebody wants to see them, so that nothing moves under the reader's eyes. */
export function useFreshRows<T extends Row>({ key, rows, head, concerns }: Options<T>) {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<Page<T> | undefined>();
  const [shown, setShown] = useState<Set<string>>(new Set());
  const latest = useRef({ rows, head, key });
  latest.current = { rows, head, key };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(() => {
    setWaiting(undefined);
    setShown(new Set());
  }, [key]);

  const look = useMemo(
    () =>
      throttle(() => {
        const asked = latest.current;
        const told = (page: Page<T>) => {
          if (latest.current.key !== asked.key) return;
          const known = new Map(page.data.map((row) => [row.id, row]));
          client.setQueryData<Pages<T>>(asked.key, (old) => old && replace(old, known));
          setWaiting(newer(page, latest.current.rows).length > 0 ? page : undefined);
        };
        // What cannot be asked now is asked when the next thing happens.
        asked.head().then(told, () => undefined);
      }, 2000),
    [client],
  );
  useLive((notice) => {
    if (rows && concerns(notice)) look();
  });

  const fresh = waiting ? newer(waiting, rows) : [];
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

/** Ids are ordered by time: what is newer than the first row shown has come since. */
function newer<T extends Row>({ data }: Page<T>, rows: T[] | undefined): T[] {
  const first = rows?.[0];
  return first ? data.filter(({ id }) => id > first.id) : data;
}

function replace<T extends Row>(pages: Pages<T>, known: Map<string, T>): Pages<T> {
  const swap = (row: T) => known.get(row.id) ?? row;
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.map(swap) })) };
}

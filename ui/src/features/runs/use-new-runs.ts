import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { concerns, type Notice, useLive } from '@/lib/live';
import { throttle } from '@/lib/throttle';
import type { RunRow } from '@/lib/types';
import type { RunFilter } from './filter';

/** Counts runs that have appeared since the list was loaded, without moving the rows under the reader's eyes; rows that
 * are shown follow their status at once. */
export function useNewRuns(filter: RunFilter, key: QueryKey, rows: RunRow[] | undefined) {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<Set<string>>(new Set());
  const [shown, setShown] = useState<Set<string>>(new Set());
  const refresh = useMemo(
    () => throttle(() => void client.invalidateQueries({ queryKey: key }), 2000),
    [client, key],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(() => {
    setWaiting(new Set());
    setShown(new Set());
  }, [key]);

  useLive((notice) => {
    const { topic, data } = notice;
    const { id } = data;
    if (topic !== 'run' || typeof id !== 'string' || !rows) return;
    const known = rows.find((row) => row.id === id);
    if (known) {
      if (known.status !== data.status) refresh();
    } else if (fits(filter, notice)) {
      setWaiting((old) => (old.has(id) ? old : new Set(old).add(id)));
    }
  });

  const show = () => {
    setShown(waiting);
    setWaiting(new Set());
    void client.invalidateQueries({ queryKey: key });
  };
  return { count: waiting.size, shown, show };
}

function fits(filter: RunFilter, run: Notice): boolean {
  return (
    (!filter.status || filter.status === run.data.status) &&
    (!filter.flow || concerns(run, 'flow', filter.flow)) &&
    (!filter.call || concerns(run, 'call', filter.call)) &&
    (!filter.to || Date.parse(filter.to) > Date.now())
  );
}

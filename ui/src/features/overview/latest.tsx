import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { RunTable } from '@/components/run-table';
import { Skeleton } from '@/components/skeleton';
import { runsQuery } from '@/lib/server/runs';
import type { RunRow } from '@/lib/types';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { Now } from './now';

export const latestQuery = runsQuery({ whole: true }, 8);

/** Runs as they happen: what has just come is lit for a moment. */
export function Latest() {
  const latest = useInfiniteQuery(latestQuery);
  useLiveRefresh(latestQuery.queryKey, ({ topic }) => topic === 'run');
  const fresh = useFresh(latest.data);
  return (
    <Panel
      flush
      title="Latest runs"
      actions={
        <>
          <Now />
          <Link to="/runs" className="rounded text-xs text-accent hover:underline">
            All runs
          </Link>
        </>
      }
    >
      {latest.isError && !latest.data ? (
        <div className="p-4">
          <Failure
            error={latest.error}
            what="The runs could not be loaded"
            retry={() => void latest.refetch()}
          />
        </div>
      ) : latest.data ? (
        <RunTable runs={latest.data.slice(0, 8)} label="Latest runs" fresh={fresh} />
      ) : (
        <Skeleton />
      )}
    </Panel>
  );
}

/** Ids that were not there when the list was looked at before. */
function useFresh(rows: RunRow[] | undefined): Set<string> {
  const seen = useRef<Set<string>>(undefined);
  const [fresh, setFresh] = useState<Set<string>>(new Set());
  useEffect(() => {
    if (!rows) return;
    const ids = rows.map((row) => row.id);
    const before = seen.current;
    seen.current = new Set(ids);
    const added = before ? ids.filter((id) => !before.has(id)) : [];
    if (added.length === 0) return;
    setFresh(new Set(added));
  }, [rows]);
  // Apart from the rows: that they come again in the meantime does not keep it lit.
  useEffect(() => {
    if (fresh.size === 0) return;
    const timer = setTimeout(() => setFresh(new Set()), 1500);
    return () => clearTimeout(timer);
  }, [fresh]);
  return fresh;
}

import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { partsQuery, runQuery } from '@/lib/server/runs';
import type { Attempt, Run } from '@/lib/types';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { type Folds, type Look, openAt } from './tree';

/** So many parts at once are looked into. */
const MOST = 60;
const none = { runs: [], more: false };
const forks = ['parallel', 'for_each', 'flow'];

type Chosen = { part: string | undefined; entry: number | undefined };

/** A run with what it has begun, as far as that is unfolded, and the attempt that is shown. */
export function useTree(run: Run, chosen: Chosen, all: boolean) {
  const client = useQueryClient();
  const [folds, setFolds] = useState<Folds>(new Map());
  const mayHave = !run.ended_at || run.entries.some(({ kind }) => forks.includes(kind));
  const own = useQuery({ ...partsQuery(run.id), enabled: mayHave });
  const look: Look = (id) => {
    const known = id === run.id ? run : client.getQueryData(runQuery(id).queryKey);
    const parts = client.getQueryData(partsQuery(id).queryKey);
    if (!known || (!parts && (id !== run.id || (mayHave && own.isPending)))) return undefined;
    return { run: known, parts: parts ?? none };
  };

  // From a part that is named in the URL up to the run itself; else down to where a reader begins.
  const way: string[] = [];
  let at = chosen.part;
  while (at && at !== run.id && !way.includes(at)) {
    way.push(at);
    at = client.getQueryData(runQuery(at).queryKey)?.parent_id ?? undefined;
  }
  const start = chosen.part ?? run.id;
  const from =
    chosen.entry === undefined ? openAt(start, look) : { run: start, entry: chosen.entry, way: [] };
  const chain = new Set([...way, ...from.way]);

  const begun = (own.data?.runs ?? []).filter(({ part }) => part?.kind === 'branch').map(({ id }) => id);
  const unfolded = [...folds]
    .filter(([id, open]) => open && id.startsWith('run_') && !id.includes(' '))
    .map(([id]) => id);
  const opened = [...new Set([...chain, ...unfolded, ...(all ? begun : [])])].slice(0, MOST);
  const asked = useQueries({
    queries: opened.flatMap((id) => [runQuery(id), partsQuery(id)] as const),
    combine: (results) => ({ at: results.map((result) => result.dataUpdatedAt).join() }),
  });
  const shown = new Set<unknown>(opened);
  useLiveRefresh(['run'], ({ data }) => shown.has(data.id) || shown.has(data.run_id));
  useLiveRefresh(['parts'], ({ data }) =>
    [data.id, data.parent_id].some((id) => id === run.id || shown.has(id)),
  );

  const journal = look(from.run)?.run;
  const number = from.entry;
  const entry = journal?.entries.find((each) => each.number === number);
  const selected: Attempt | undefined = entry && { ...entry, run: from.run };
  const entries = [run.id, ...opened].flatMap((id): Attempt[] => {
    const known = id === run.id ? run : look(id)?.run;
    return known?.flow.id === run.flow.id ? known.entries.map((each) => ({ ...each, run: id })) : [];
  });
  const fold = (key: string, open: boolean) => setFolds((old) => new Map([...old, [key, open]]));
  return {
    look,
    folds,
    fold,
    chain,
    selected,
    run: from.run,
    entries,
    more: own.data?.more ?? false,
    version: asked.at,
    error: own.error,
  };
}

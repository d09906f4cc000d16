import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { partsQuery, runQuery } from '@/lib/server/runs';
import type { Attempt, Run } from '@/lib/types';
import { useLiveKeys } from '@/lib/use-live-refresh';
import { type Folds, forks, type Look, openAt } from './tree';

/** So many parts at once are looked into. */
const MOST = 60;
/** Very many parts are many requests: they are asked for less often, in ms. */
const CALM = 5000;
const none = { runs: [], more: false };

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
  const opened = [...new Set([...chain, ...unfolded.reverse(), ...(all ? begun : [])])].slice(0, MOST);
  const asked = useQueries({
    queries: opened.flatMap((id) => [runQuery(id), partsQuery(id)] as const),
    // What they say is read from the cache: here is only what makes this render again.
    combine: (results) => ({
      at: results.map(({ dataUpdatedAt }) => dataUpdatedAt).join(),
      error: results.find(({ error }) => error)?.error ?? null,
      pending: results.some(({ isPending }) => isPending),
    }),
  });
  const shown = new Set<unknown>(opened);
  useLiveKeys(({ data }) => [data.id, data.run_id].filter((id) => shown.has(id)).map((id) => ['run', id]));
  useLiveKeys(
    ({ data }) =>
      [data.id, data.parent_id].filter((id) => id === run.id || shown.has(id)).map((id) => ['parts', id]),
    own.data?.more ? CALM : 1000,
  );
  // The same objects until something else is known: a long timeline is not laid out again for nothing.
  const stamp = [own.isPending, own.dataUpdatedAt, asked.at, ...chain].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says when they differ
  const seen = useMemo(() => ({ look, chain }), [run, stamp]);

  const journal = look(from.run)?.run;
  const number = from.entry;
  const entry = journal?.entries.find((each) => each.number === number);
  const selected: Attempt | undefined = entry && { ...entry, run: from.run };
  const entries = [run.id, ...opened].flatMap((id): Attempt[] => {
    const known = id === run.id ? run : look(id)?.run;
    return known?.flow.id === run.flow.id ? known.entries.map((each) => ({ ...each, run: id })) : [];
  });
  const fold = (key: string, open: boolean) =>
    setFolds((old) => new Map([...[...old].filter(([each]) => each !== key), [key, open]]));
  return {
    ...seen,
    folds,
    fold,
    selected,
    /** The run in whose journal that stands. */
    journal,
    run: from.run,
    entries,
    more: own.data?.more ?? false,
    error: own.error ?? asked.error,
    loading: asked.pending || (mayHave && own.isPending),
  };
}

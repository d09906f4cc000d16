import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';
import type { NewEvent, RunRow } from '@/lib/types';
import { pages } from './pages';

export type RunQuery = {
  status?: RunRow['status'];
  flow?: string;
  agent?: string;
  campaign?: string;
  call?: string;
  from?: string;
  to?: string;
  /** Only what this run began. */
  parent?: string;
  /** Without branches and items. */
  whole?: boolean;
};
export type ReplayFrom = 'start' | 'failed_step' | { step: string };
export type ReplayChoice = { from: ReplayFrom; version: 'same' | 'latest' };
/** Runs that are named, or those of a filter. */
export type Which = { runs: string[] } | { filter: RunQuery };
export type ReplayPreview = components['schemas']['ReplayPreview'];

const PAGE = 50;

export const page = ({ status, ...query }: RunQuery, limit: number, cursor?: string) =>
  take(
    api.GET('/v1/runs', {
      params: { query: { ...query, ...(status && { status: [status] }), limit, ...(cursor && { cursor }) } },
    }),
  );

export const runsQuery = (query: RunQuery, limit = PAGE) =>
  pages(['runs', query, limit], (cursor) => page(query, limit, cursor));

/** One page of `runsQuery`, the newest of them without a cursor. */
export const runsPage = (query: RunQuery, cursor?: string) => page(query, PAGE, cursor);

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: () => take(api.GET('/v1/runs/{id}', { params: { path: { id } } })),
  });

/** More parts of one run are not asked for: the list of runs has them all. */
const PARTS = 1000;
export type Parts = { runs: RunRow[]; more: boolean };

/** What a run has begun, in the order in which it began; of very many the last ones. */
export const partsQuery = (id: string) =>
  queryOptions({
    queryKey: ['parts', id],
    queryFn: async (): Promise<Parts> => {
      const runs: RunRow[] = [];
      let cursor: string | undefined;
      do {
        const { data, next } = await page({ parent: id }, 200, cursor);
        runs.push(...data);
        cursor = next ?? undefined;
      } while (cursor && runs.length < PARTS);
      runs.sort((a, b) => (a.part?.number ?? 0) - (b.part?.number ?? 0));
      return { runs, more: Boolean(cursor) };
    },
  });

/** The runs that do this one again, newest first. */
export const replaysQuery = (id: string, call: string, flow: string) =>
  queryOptions({
    queryKey: ['runs', 'replays', id],
    queryFn: async () => {
      const { data } = await page({ call, flow }, 200);
      return data.filter(({ replay_of }) => replay_of === id);
    },
  });

export function useReplay(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ event = null, ...choice }: ReplayChoice & { event?: NewEvent | null }) =>
      take(api.POST('/v1/runs/{id}/replay', { params: { path: { id } }, body: { ...choice, event } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

export function useCancel(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.POST('/v1/runs/{id}/cancel', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['run', id] }),
  });
}

const asked = (which: Which) =>
  'runs' in which
    ? { runs: which.runs }
    : {
        filter: {
          ...which.filter,
          status: which.filter.status ? [which.filter.status] : undefined,
        } as components['schemas']['RunFilter'],
      };

/** How many runs a preview looks at: more are done all the same, and the preview says that it stopped. */
const LOOKED_AT = 1000;

/** What a replay would do to the world again. */
export const previewQuery = (which: Which, { from, version }: ReplayChoice) =>
  queryOptions({
    queryKey: ['replay-preview', which, from, version],
    queryFn: async () => {
      let sum: ReplayPreview | undefined;
      for (let cursor: string | undefined; ; cursor = sum.next ?? undefined) {
        const part = await take(
          api.POST('/v1/runs/replay/preview', {
            body: { ...asked(which), from, version, limit: 200, ...(cursor && { cursor }) },
          }),
        );
        sum = sum ? add(sum, part) : part;
        if (!sum.next || sum.runs + sum.skipped >= LOOKED_AT) return sum;
      }
    },
    gcTime: 10_000,
  });

function add(a: ReplayPreview, b: ReplayPreview): ReplayPreview {
  const again = a.again.map((each) => ({ ...each }));
  for (const more of b.again) {
    const same = again.find(
      ({ flow, step, to }) => flow.id === more.flow.id && step === more.step && to === more.to,
    );
    if (same) {
      same.times += more.times;
      same.succeeded += more.succeeded;
    } else again.push(more);
  }
  return {
    runs: a.runs + b.runs,
    skipped: a.skipped + b.skipped,
    kept: a.kept + b.kept,
    unknown: a.unknown + b.unknown,
    again: again.sort((x, y) => y.times - x.times),
    next: b.next,
  };
}

export type Done = { done: number; skipped: number };

/** Does something to many runs, request after request; says how far it is, and stops between two where asked. */
function useMany(
  ask: (cursor: string | undefined) => Promise<Done & { next: string | null }>,
  onProgress: (done: Done) => void,
  stopped: () => boolean,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const sum = { done: 0, skipped: 0 };
      let cursor: string | undefined;
      do {
        const part = await ask(cursor);
        sum.done += part.done;
        sum.skipped += part.skipped;
        onProgress({ ...sum });
        cursor = part.next ?? undefined;
      } while (cursor && !stopped());
      return sum;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

export function useReplayMany(
  which: Which,
  choice: ReplayChoice,
  onProgress: (done: Done) => void,
  stopped: () => boolean,
) {
  return useMany(
    async (cursor) => {
      const body = { ...asked(which), ...choice, limit: 200, ...(cursor && { cursor }) };
      const { replayed, skipped, next } = await take(api.POST('/v1/runs/replay', { body }));
      return { done: replayed, skipped, next };
    },
    onProgress,
    stopped,
  );
}

export function useCancelMany(which: Which, onProgress: (done: Done) => void, stopped: () => boolean) {
  return useMany(
    async (cursor) => {
      const body = { ...asked(which), limit: 200, ...(cursor && { cursor }) };
      const { cancelled, skipped, next } = await take(api.POST('/v1/runs/cancel', { body }));
      return { done: cancelled, skipped, next };
    },
    onProgress,
    stopped,
  );
}

import { plural } from '@/lib/format';
import { partName } from '@/lib/part-name';
import type { Parts } from '@/lib/server/runs';
import { toMicros } from '@/lib/time';
import type { Attempt, Entry, Run, RunRow } from '@/lib/types';
import { pickEntry, wentWrong } from './pick';
import { stepName } from './step-name';
import { type Item, spanOf } from './waterfall';

/** What is known of a run: its journal, and what it has begun. */
export type Known = { run: Run; parts: Parts };
export type Look = (run: string) => Known | undefined;
/** What was folded or unfolded by hand; the rest is as `treeOf` finds best. */
export type Folds = ReadonlyMap<string, boolean>;

/** A line of the timeline. What has `fold` holds the lines below it that are one deeper. */
export type Row = Item & {
  key: string;
  depth: number;
  name: string;
  note: string;
  state: string;
  fold?: boolean;
  /** What choosing it shows: of a part without an entry the attempt that is worth reading. */
  run: string;
  entry?: Attempt;
};

/** The kinds of steps that begin runs. */
export const forks = ['parallel', 'for_each', 'flow'];
/** More parts of one step are folded at first. */
const UNFOLDED = 30;

const placeKey = (run: string, step: string, rounds: unknown) =>
  `${run} ${JSON.stringify([step, rounds ?? []])}`;

/** How the items or parts of a step went, every one counted once. */
function counts(entry: Entry | undefined, parts: RunRow[]): string {
  const detail = (entry?.detail ?? {}) as Record<string, unknown>;
  if (typeof detail.in === 'number') {
    const some = ['ok', 'failed', 'skipped'].filter((name) => detail[name] !== 0);
    return `${detail.in} in = ${some.map((name) => `${detail[name]} ${name}`).join(' + ') || 'none'}`;
  }
  const failed = parts.filter(({ status }) => status === 'failed').length;
  const open = parts.filter(({ ended_at }) => !ended_at).length;
  const what = { branch: 'branch', item: 'item', flow: 'sub-flow' }[parts[0]?.part?.kind ?? 'item'];
  const all =
    what === 'branch'
      ? `${parts.length} ${parts.length === 1 ? what : 'branches'}`
      : plural(parts.length, what);
  return [all, failed > 0 && `${failed} failed`, open > 0 && `${open} under way`].filter(Boolean).join(' · ');
}

/** Whether it tells of items that failed, though it may have succeeded itself. */
const hasFailed = ({ detail }: Entry) =>
  Number((detail as { failed?: unknown } | null | undefined)?.failed) > 0;

type Options = { look: Look; folds: Folds; chain: ReadonlySet<string>; onlyFailed: boolean; now: number };

/** The lines of a run: its attempts in order, below a step with parts those parts, and below them what they did. */
export function treeOf(run: string, options: Options, depth = 0): Row[] {
  const { look, folds, chain, onlyFailed, now } = options;
  const known = look(run);
  if (!known) return [];
  const groups = new Map<string, RunRow[]>();
  for (const part of known.parts.runs) {
    const key = placeKey(run, part.part?.step ?? '', part.part?.rounds);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }

  const partRows = (part: RunRow): Row[] => {
    const fold = folds.get(part.id) ?? chain.has(part.id);
    const inner = fold ? treeOf(part.id, options, depth + 2) : [];
    if (onlyFailed && part.status !== 'failed' && inner.length === 0) return [];
    const kind = part.part ? partName(part.part) : part.flow.name;
    const row: Row = {
      key: part.id,
      depth: depth + 1,
      name: part.part?.kind === 'flow' ? part.flow.name : kind,
      note: part.error ?? (part.part?.kind === 'flow' ? kind : ''),
      state: part.status,
      fold,
      run: part.id,
      from: toMicros(part.started_at),
      to: part.ended_at ? toMicros(part.ended_at) : Math.max(now * 1000, toMicros(part.updated_at)),
      idle: fold,
    };
    return [row, ...inner];
  };
  const group = (key: string, entry: Attempt | undefined, parts: RunRow[]): Row[] => {
    const fold =
      folds.get(key) ?? (onlyFailed || parts.length <= UNFOLDED || parts.some(({ id }) => chain.has(id)));
    const inner = fold ? parts.flatMap(partRows) : [];
    if (onlyFailed && inner.length === 0 && !(entry && (wentWrong(entry) || hasFailed(entry)))) return [];
    const spans = parts.flatMap(({ started_at, ended_at }) => [
      toMicros(started_at),
      ended_at ? toMicros(ended_at) : now * 1000,
    ]);
    const span = entry ? spanOf(entry) : { from: Math.min(...spans), to: Math.max(...spans) };
    const first = parts[0] as RunRow;
    const row: Row = {
      key,
      depth,
      name: entry ? stepName(entry) : (first.part?.step ?? ''),
      note: counts(entry, parts),
      state: entry?.result ?? 'waiting',
      fold,
      run: entry ? run : first.id,
      ...(entry && { entry }),
      ...span,
      idle: true,
    };
    return [row, ...inner];
  };

  const rows = known.run.entries.flatMap((each): Row[] => {
    const entry: Attempt = { ...each, run };
    const key = placeKey(run, each.step, each.rounds);
    const parts = groups.get(key);
    if (parts && forks.includes(each.kind)) {
      groups.delete(key);
      return group(key, entry, parts);
    }
    if (onlyFailed && !wentWrong(each) && !hasFailed(each)) return [];
    const attempt = each.attempt > 1 || each.retry_at ? `attempt ${each.attempt}` : undefined;
    const note =
      each.kind === 'for_each' && each.detail ? counts(each, []) : (attempt ?? each.action ?? each.kind);
    const name = stepName(each);
    return [
      { key: `${run}/${each.number}`, depth, name, note, state: each.result, run, entry, ...spanOf(each) },
    ];
  });
  return [...rows, ...[...groups].flatMap(([key, parts]) => group(key, undefined, parts))];
}

/** The part that a reader came for: the first that failed of the step that `entry` tells of, or of any while nothing else went wrong. */
function failedPart({ run, parts }: Known, entry: Entry | undefined): RunRow | undefined {
  const failed = parts.runs.filter(({ status }) => status === 'failed');
  if (!entry || !wentWrong(entry)) return failed[0];
  return (
    failed.find(({ part }) => part?.step === entry.step) ?? (run.status === 'failed' ? undefined : failed[0])
  );
}

/** Where a run is opened, down to the attempt in the part that failed; the runs on the way there, outermost first. */
export function openAt(run: string, look: Look): { run: string; entry: number | undefined; way: string[] } {
  const way: string[] = [];
  for (let at = run; ; ) {
    const known = look(at);
    if (!known) return { run: at, entry: undefined, way };
    const number = pickEntry(known.run.entries, known.run.status);
    const inner = failedPart(
      known,
      known.run.entries.find((entry) => entry.number === number),
    );
    if (!inner || way.includes(inner.id)) return { run: at, entry: number, way };
    way.push(inner.id);
    at = inner.id;
  }
}

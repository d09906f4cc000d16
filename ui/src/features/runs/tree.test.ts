import { describe, expect, it } from 'vitest';
import type { Entry, Run, RunPart, RunRow } from '@/lib/types';
import { type Known, openAt, type Row, treeOf } from './tree';

const time = '2026-11-20T12:00:00.000Z';
const entry = (number: number, step: string, more: Partial<Entry> = {}) =>
  ({
    number,
    step,
    kind: 'do',
    attempt: 1,
    result: 'ok',
    started_at: time,
    ended_at: time,
    queued_us: 0,
    ...more,
  }) as Entry;
const part = (id: string, step: string, number: number, kind: RunPart['kind'], status: RunRow['status']) =>
  ({
    id,
    status,
    started_at: time,
    updated_at: time,
    ended_at: time,
    flow: { name: 'f' },
    part: { kind, step, number, rounds: [] },
  }) as unknown as RunRow;
const known = (status: string, entries: Entry[], runs: RunRow[] = []): Known => ({
  run: { status, entries } as unknown as Run,
  parts: { runs, more: false },
});

const runs: Record<string, Known> = {
  whole: known(
    'failed',
    [
      entry(0, 'before'),
      entry(1, 'each', {
        kind: 'for_each',
        result: 'failed',
        detail: { in: 4, ok: 2, failed: 1, skipped: 1 },
      }),
    ],
    [
      part('one', 'each', 0, 'item', 'succeeded'),
      part('two', 'each', 1, 'item', 'failed'),
      part('three', 'each', 2, 'item', 'succeeded'),
    ],
  ),
  two: known('failed', [entry(0, 'tell', { result: 'failed', rounds: [['each', 1]] })]),
};
const look = (id: string) => runs[id];
const tree = (chain: string[], onlyFailed = false, folds = new Map<string, boolean>()) =>
  treeOf('whole', { look, folds, chain: new Set(chain), onlyFailed, now: 0 });
const names = (rows: Row[]) => rows.map(({ depth, name }) => `${depth} ${name}`);

describe('the timeline of a run with parts', () => {
  it('has the parts of a step below it, and what they did below them', () => {
    expect(names(tree(['two']))).toEqual([
      '0 before',
      '0 each',
      '1 item 1',
      '1 item 2',
      '2 tell · item 2',
      '1 item 3',
    ]);
  });

  it('counts every item once', () => {
    expect(tree([])[1]?.note).toBe('4 in = 2 ok + 1 failed + 1 skipped');
  });

  it('shows only what failed, and where', () => {
    expect(names(tree(['two'], true))).toEqual(['0 each', '1 item 2', '2 tell · item 2']);
  });

  it('shows a step of which items failed also where those items are not', () => {
    const detail = { in: 2000, ok: 1999, failed: 1, skipped: 0 };
    const each = entry(0, 'each', { kind: 'for_each', detail });
    runs.many = known('succeeded', [each], [part('last', 'each', 1999, 'item', 'succeeded')]);
    const rows = treeOf('many', { look, folds: new Map(), chain: new Set(), onlyFailed: true, now: 0 });
    expect(names(rows)).toEqual(['0 each']);
  });

  it('is folded by hand', () => {
    const each = tree([])[1]?.key ?? '';
    expect(names(tree([], false, new Map([[each, false]])))).toEqual(['0 before', '0 each']);
  });

  it('opens at the attempt of the first item that failed', () => {
    expect(openAt('whole', look)).toEqual({ run: 'two', entry: 0, way: ['two'] });
  });

  it('shows parts of a step that is under way after what has ended', () => {
    runs.going = known('waiting', [entry(0, 'before')], [part('left', 'fork', 0, 'branch', 'running')]);
    const rows = treeOf('going', { look, folds: new Map(), chain: new Set(), onlyFailed: false, now: 0 });
    expect(names(rows)).toEqual(['0 before', '0 fork', '1 branch 1']);
  });
});

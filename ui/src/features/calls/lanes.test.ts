import { expect, it } from 'vitest';
import type { RunRow } from '@/lib/types';
import { toAxis } from './axis';
import { toLanes } from './lanes';

const start = '2026-11-20T12:00:00Z';
const after = (s: number) => new Date(Date.parse(start) + s * 1000).toISOString();
const run = (id: string, event: string, ended: number | null) =>
  ({ id, event: { id: event, kind: 'x' }, ended_at: ended === null ? null : after(ended) }) as RunRow;
const turns = [0, 2, 4, 6].map((at) => ({ role: 'agent', text: 'x', start_s: at, end_s: at + 2 }));
const items = toAxis(turns, [{ id: 'e', kind: 'tool.called', at: after(3) }], { started_at: start });

it('draws a run from its moment to the last turn that began before its end', () => {
  expect(items.map(({ type }) => type)).toEqual(['turn', 'turn', 'moment', 'turn', 'turn']);
  expect(toLanes(items, [run('a', 'e', 4.5), run('b', 'e', 3), run('c', 'e', null)], start)).toMatchObject([
    { run: { id: 'b' }, first: 2, last: 2, lane: 0 },
    { run: { id: 'a' }, first: 2, last: 3, lane: 1 },
    { run: { id: 'c' }, first: 2, last: 4, lane: 2 },
  ]);
});

it('leaves out what has no moment here and what finds no lane', () => {
  const many = Array.from({ length: 6 }, (_, i) => run(`r${i}`, 'e', 9));
  expect(toLanes(items, [...many, run('x', 'gone', 9)], start)).toHaveLength(4);
});

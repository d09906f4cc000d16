import { expect, it } from 'vitest';
import type { Item } from './axis';
import { heardAt, startsOf } from './heard';

const turn = (start_s: number | null, number: number): Item => ({
  type: 'turn',
  at: start_s ?? undefined,
  turn: { role: 'agent', text: '', start_s },
  number,
});

it('hears the last turn that has begun, whatever stands between and in whatever order', () => {
  const items: Item[] = [
    turn(1, 0),
    { type: 'silence', at: 2, seconds: 3 },
    turn(9, 1),
    turn(5, 2),
    turn(null, 3),
  ];
  const starts = startsOf(items);
  expect([0, 1, 4.9, 5, 9, 1_000].map((at) => heardAt(starts, at))).toEqual([undefined, 0, 0, 3, 2, 2]);
});

it('finds each of ten thousand turns', () => {
  const starts = startsOf(Array.from({ length: 10_000 }, (_, n) => turn(n * 2, n)));
  for (let at = 0; at < 20_000; at += 2) expect(heardAt(starts, at + 1)).toBe(at / 2);
});

import { expect, it } from 'vitest';
import { toAxis } from './axis';

const turn = (start_s: number, end_s: number) => ({ role: 'agent', text: 'x', start_s, end_s });
const moment = (at: string) => ({ id: at, kind: 'call.ended', at });
const start = '2026-11-20T12:00:00Z';

it('puts turns, silence and moments on one axis', () => {
  const items = toAxis(
    [turn(1, 3), turn(3.5, 5), turn(8, 9)],
    [moment('2026-11-20T12:00:10Z'), moment(start)],
    { started_at: start },
  );
  expect(items.map((item) => [item.type, item.at])).toEqual([
    ['moment', 0],
    ['turn', 1],
    ['turn', 3.5],
    ['silence', 5],
    ['turn', 8],
    ['moment', 10],
  ]);
});

it('counts turns from the answer', () => {
  const answered = '2026-11-20T12:00:06Z';
  const items = toAxis([turn(0, 1), turn(1, 2)], [moment(start), moment(answered)], {
    started_at: start,
    answered_at: answered,
  });
  expect(items.map((item) => [item.type, item.at])).toEqual([
    ['moment', 0],
    ['moment', 6],
    ['turn', 6],
    ['turn', 7],
  ]);
});

it('keeps the order of turns without times and puts moments behind them', () => {
  const bare = { role: 'customer', text: 'y' };
  expect(toAxis([bare, bare], [moment(start)], {}).map((item) => item.type)).toEqual([
    'turn',
    'turn',
    'moment',
  ]);
});

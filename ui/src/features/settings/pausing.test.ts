import { expect, test } from 'vitest';
import { fromWire, toWire } from './pausing';

test('each way to say when flows are paused stays what it is', () => {
  for (const value of [null, false, { failures: 5, minutes: 0 }]) {
    expect(toWire(fromWire(value))).toEqual(value);
  }
  expect(toWire(fromWire(20))).toEqual({ failures: 20, minutes: 10 });
  expect(toWire(fromWire({ failures: 20 }))).toEqual({ failures: 20, minutes: 10 });
  expect(fromWire(undefined).when).toBe('usual');
});

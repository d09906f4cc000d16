import { describe, expect, it } from 'vitest';
import { before, known, ranges, stretchOf } from './chart-range';

const now = Date.parse('2026-11-26T14:20:00Z');
const hours = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / 3_600_000;

describe('range', () => {
  it('ends with the hour that runs, and so changes once an hour', () => {
    for (const range of ranges) {
      expect(stretchOf(range, now).to).toBe('2026-11-26T15:00:00.000Z');
      expect(stretchOf(range, now)).toEqual(stretchOf(range, now + 1_800_000));
    }
    expect(hours(stretchOf('day', now))).toBe(24);
  });

  it('begins weeks and months at a midnight', () => {
    for (const range of ['week', 'month'] as const) {
      const from = new Date(stretchOf(range, now).from);
      expect([from.getHours(), from.getMinutes()]).toEqual([0, 0]);
      expect(hours(stretchOf(range, now))).toBeGreaterThan((known[range].days - 1) * 24 - 2);
      expect(hours(stretchOf(range, now))).toBeLessThanOrEqual(known[range].days * 24 + 2);
    }
  });

  it('compares with as much time, as many days earlier', () => {
    const shown = stretchOf('day', now);
    expect(before('day', shown)).toEqual({ from: '2026-11-24T15:00:00.000Z', to: shown.from });
  });
});

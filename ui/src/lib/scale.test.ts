import { describe, expect, it } from 'vitest';
import { axisEnd, ticks } from './scale';

describe('scale', () => {
  it('ends an axis at a round number that holds everything', () => {
    const cases = [0, 1, 3, 7, 11, 38, 41, 420, 999, 1001];
    expect(cases.map(axisEnd)).toEqual([2, 2, 4, 8, 12, 40, 50, 500, 1000, 1200]);
  });

  it('labels places evenly', () => {
    expect(ticks(24, 6)).toEqual([0, 4, 8, 12, 16, 20]);
    expect(ticks(3, 6)).toEqual([0, 1, 2]);
    expect(ticks(0, 6)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { rateText } from './limits';

describe('a rate', () => {
  it('is told by the second where it is one, else by its period', () => {
    expect(rateText({ count: 20, period_s: 1, burst: 5 })).toBe('20 a second, 5 at once');
    expect(rateText({ count: 100, period_s: 60, burst: 1 })).toBe('100 in 60 s, 1 at once');
  });
});

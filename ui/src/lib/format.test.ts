import { describe, expect, it } from 'vitest';
import { ago, bytes, duration, parties, percent, plural, position, shortId, wait } from './format';
import { toMicros } from './time';

describe('format', () => {
  it('a call is told by its numbers, else by what else is known of it', () => {
    const created_at = '2026-11-20T17:30:05Z';
    expect(parties({ from: '+1', to: '+2', agent: 'Sarah', created_at })).toBe('+1 → +2');
    expect(parties({ from: null, to: '+2', created_at })).toBe('to +2');
    expect(parties({ from: '', to: null, agent: 'Sarah', provider: 'vapi', created_at })).toMatch(
      /^Sarah · vapi · .*\d\d:\d\d:\d\d$/,
    );
  });
  it('gives durations three digits and the unit that fits', () => {
    const cases: [number, string][] = [
      [0, '0 µs'],
      [999, '999 µs'],
      [1000, '1.00 ms'],
      [12_340, '12.3 ms'],
      [152_000, '152 ms'],
      [999_600, '1.00 s'],
      [22_600_000, '22.6 s'],
      [59_960_000, '1 m 00 s'],
      [3_660_000_000, '1 h 01 m'],
      [187_200_000_000, '2 d 4 h'],
      [-5, '0 µs'],
    ];
    for (const [micros, text] of cases) expect(duration(micros)).toBe(text);
  });

  it('says waits in whole units', () => {
    expect([2_000_000, 2_100_000, 400_000, 19_088_000, 65_000_000].map(wait)).toEqual([
      '2 s',
      '2.1 s',
      '400 ms',
      '19 s',
      '1 m 05 s',
    ]);
  });

  it('never shows a share as all or nothing when it is not', () => {
    const cases: [number, number, string][] = [
      [0, 0, '–'],
      [0, 9, '0 %'],
      [9, 9, '100 %'],
      [99_999, 100_000, '99.9 %'],
      [1, 100_000, '0.1 %'],
      [982, 1000, '98.2 %'],
    ];
    for (const [part, whole, text] of cases) expect(percent(part, whole)).toBe(text);
  });

  it('says the position in a call as a clock', () => {
    expect([4.2, 754, 3723].map(position)).toEqual(['0:04', '12:34', '1:02:03']);
  });

  it('says how long ago something was, and that it is to come', () => {
    const now = Date.parse('2026-11-20T12:00:00Z');
    expect(ago('2026-11-20T11:59:59Z', now)).toBe('just now');
    expect(ago('2026-11-20T11:48:00Z', now)).toBe('12 m ago');
    expect(ago('2026-11-20T15:00:00Z', now)).toBe('in 3 h');
    expect(ago('not a time', now)).toBe('not a time');
  });

  it('keeps sizes, counts and ids short', () => {
    expect([290, 12_345, 2_500_000].map(bytes)).toEqual(['290 B', '12.3 KB', '2.50 MB']);
    expect([plural(1, 'run'), plural(2, 'run')]).toEqual(['1 run', '2 runs']);
    expect(shortId('run_01kaj3x8c2f7q9m1v5t0n40003')).toBe('run_…n40003');
    expect(shortId('c-1')).toBe('c-1');
  });

  it('keeps what is below a millisecond of a time', () => {
    expect(toMicros('2026-11-20T12:00:00.000250Z') - toMicros('2026-11-20T12:00:00Z')).toBe(250);
    expect(toMicros('2026-11-20T12:00:00.5Z') - toMicros('2026-11-20T12:00:00Z')).toBe(500_000);
    expect(toMicros('2026-11-20T12:00:00.123456789Z') - toMicros('2026-11-20T12:00:00Z')).toBe(123_456);
  });
});

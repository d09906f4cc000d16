import { describe, expect, it } from 'vitest';
import type { Entry } from '@/lib/types';
import { branching, retried } from '../../../mock/entries.ts';
import { phases } from './phases';
import { pickEntry } from './pick';
import { placeLabels } from './place-labels';
import { layOut, spanOf } from './waterfall';

const lay = (entries: Entry[]) => layOut(entries.map((entry) => ({ entry, ...spanOf(entry) })));

const start = '2026-11-20T12:00:00.000Z';
const at = (n: number): Entry => retried(start)[n] as Entry;

describe('waterfall', () => {
  it('draws lengths of attempts in proportion to their time', () => {
    const { bars } = lay(retried(start));
    const [first, second] = bars;
    if (!first || !second) throw new Error('two bars');
    expect(first.width / second.width).toBeCloseTo((first.to - first.from) / (second.to - second.from), 6);
  });

  it('compresses a long wait between attempts and says how long it was', () => {
    const { bars, gaps } = lay(retried(start));
    expect(gaps).toHaveLength(2);
    const [short, long] = gaps;
    expect(short?.width).toBe(long?.width);
    expect((long?.micros ?? 0) / 1e6).toBeCloseTo(19.07, 1);
    for (const bar of bars) {
      expect(bar.left).toBeGreaterThanOrEqual(0);
      expect(bar.left + bar.width).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it('leaves short pauses between steps as they are', () => {
    expect(lay(branching(start)).gaps).toEqual([]);
  });

  it('keeps many gaps from eating the bars', () => {
    const many = Array.from({ length: 40 }, (_, n): Entry => {
      const begins = new Date(Date.parse(start) + n * 60_000).toISOString();
      return {
        ...at(0),
        number: n,
        queued_us: 0,
        started_at: begins,
        ended_at: new Date(Date.parse(begins) + 100).toISOString(),
      };
    });
    const { gaps } = lay(many);
    expect(gaps.reduce((sum, gap) => sum + gap.width, 0)).toBeLessThanOrEqual(0.42 + 1e-9);
  });

  it('lays out nothing and things without length', () => {
    expect(lay([]).bars).toEqual([]);
    const { bars } = lay([{ ...at(0), queued_us: 0, ended_at: at(0).started_at }]);
    expect(bars[0]?.width).toBe(0);
  });

  it('names each gap in a row where its label covers no bar', () => {
    const { bars, gaps } = lay(retried(start));
    expect([...placeLabels(bars, gaps)].map(([row, { side }]) => [row, side])).toEqual([
      [0, 'after'],
      [2, 'before'],
    ]);
  });

  it('splits an attempt into phases whose sum is queue plus elapsed time', () => {
    for (const entry of [...retried(start), ...branching(start)]) {
      const { from, to } = spanOf(entry);
      const sum = phases(entry, to - from - entry.queued_us).reduce(
        (total, phase) => total + phase.micros,
        0,
      );
      expect(sum).toBe(to - from);
    }
  });

  it('counts a time-out as waiting for the first byte', () => {
    const names = phases(at(1), 1_002_100).map((phase) => phase.name);
    expect(names).toEqual(['queue', 'own', 'dns', 'connect', 'tls', 'wait']);
  });

  it('opens a failed run at the failed attempt and a good one at its last call', () => {
    expect(pickEntry(retried(start).slice(0, 2), 'failed')).toBe(1);
    expect(pickEntry(retried(start), 'succeeded')).toBe(2);
    expect(pickEntry(branching(start), 'succeeded')).toBe(3);
    expect(pickEntry([], 'running')).toBeUndefined();
  });

  it('opens a loop at the first item that no attempt got through', () => {
    const item = (number: number, round: number, result: 'ok' | 'failed') =>
      ({ ...at(0), number, result, rounds: [['each', round]] }) as Entry;
    const entries = [item(0, 0, 'failed'), item(1, 0, 'ok'), item(2, 1, 'failed'), item(3, 2, 'failed')];
    expect(pickEntry(entries, 'succeeded')).toBe(2);
  });
});

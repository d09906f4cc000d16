import { describe, expect, it } from 'vitest';
import type { Entry, TestedStep } from '@/lib/types';
import { ofRun, ofTest } from './results';

const tested = (step: string, more: Partial<TestedStep> = {}): TestedStep => ({
  step,
  path: step,
  rounds: [],
  flow: 'f',
  kind: 'do',
  result: 'would_send',
  warnings: [],
  duration_ms: 0,
  ...more,
});
const entry = (step: string, more: Partial<Entry> = {}): Entry => ({
  number: 0,
  step,
  kind: 'do',
  attempt: 1,
  result: 'ok',
  started_at: '2026-11-20T12:00:00.000Z',
  ended_at: '2026-11-20T12:00:00.250Z',
  queued_us: 0,
  ...more,
});

describe('what is shown beside a step', () => {
  it('is how it went, and how long it took', () => {
    const found = ofRun([entry('a'), entry('b', { result: 'failed' }), entry('x', { kind: 'run' })]);
    expect([...found.keys()]).toEqual(['a', 'b']);
    expect(found.get('a')).toEqual({ tone: 'ok', label: 'succeeded', took: '250 ms' });
    expect(found.get('b')).toMatchObject({ tone: 'bad', label: 'failed' });
  });
  it('is the last attempt, with the time of all', () => {
    const found = ofRun([
      entry('a', { result: 'failed', retry_at: '2026-11-20T12:00:02Z' }),
      entry('a', { attempt: 2 }),
    ]);
    expect(found.get('a')).toEqual({ tone: 'ok', label: 'succeeded', took: '500 ms', note: 'attempt 2' });
    const waiting = ofRun([entry('a', { result: 'failed', retry_at: '2026-11-20T12:00:02Z' })]);
    expect(waiting.get('a')).toMatchObject({ tone: 'wait', label: 'tried again' });
  });
  it('is, of a loop, how many items and the first that failed', () => {
    const found = ofTest(
      [
        tested('tell', { rounds: [['each', 0]], result: 'ok' }),
        tested('tell', { rounds: [['each', 1]], result: 'failed' }),
        tested('tell', { rounds: [['each', 2]], result: 'failed' }),
        tested('each', {
          kind: 'for_each',
          result: 'ok',
          detail: { in: 3, ok: 1, failed: 2, skipped: 0 },
        }),
      ],
      'f',
    );
    expect(found.get('each')?.note).toBe('3 items · 2 failed · first item 2');
    expect(found.get('tell')).toMatchObject({ tone: 'bad', note: '3 items, 2 failed, first item 2' });
  });
  it('says where a run stands that is not over', () => {
    const found = ofRun([entry('a')], { step: 'b', status: 'waiting' });
    expect(found.get('b')).toEqual({ tone: 'wait', label: 'waiting' });
    expect(ofRun([entry('a')], { step: 'a', status: 'running' }).get('a')?.label).toBe('succeeded');
  });
  it('leaves out the steps of other flows', () => {
    const found = ofTest([tested('a'), tested('inner', { flow: 'g' })], 'f');
    expect([...found.keys()]).toEqual(['a']);
  });
});

import { expect, it } from 'vitest';
import { isFiltered, narrows, readFilter, readRun, toQuery } from './filter';

it('reads from the URL only what is a filter', () => {
  expect(
    readFilter({ status: 'failed', flow: 'flow_1', from: '2026-11-20T10:00', x: 1, to: 'soon', call: '' }),
  ).toEqual({
    status: 'failed',
    flow: 'flow_1',
    from: '2026-11-20T10:00',
  });
  expect(readFilter({ status: 'odd', from: 5 })).toEqual({});
});

it('survives a round through the URL', () => {
  const filter = readFilter({
    status: 'waiting',
    call: 'call_1',
    from: '2026-11-20T10:00',
    to: '2026-11-21T10:00',
  });
  expect(readFilter({ ...filter })).toEqual(filter);
  expect(isFiltered(filter)).toBe(true);
  expect(isFiltered({})).toBe(false);
});

it('asks the API with points in time, whatever the viewer’s zone', () => {
  expect(toQuery({ from: '2026-11-20T10:00', status: 'failed' })).toEqual({
    from: new Date('2026-11-20T10:00').toISOString(),
    status: 'failed',
    whole: true,
  });
});

it('is about whole runs unless parts are asked for, and that alone finds nothing', () => {
  expect(toQuery({ parts: 'with' })).toEqual({});
  expect(toQuery({ parent: 'run_1' })).toEqual({ parent: 'run_1' });
  expect(narrows({ parts: 'with' })).toBe(false);
  expect(narrows({ parts: 'with', parent: 'run_1' })).toBe(true);
});

it('keeps beside a run the list that it was opened from', () => {
  expect(readRun({ entry: 2, list: { status: 'failed', odd: 1 } })).toEqual({
    entry: 2,
    list: { status: 'failed' },
  });
  expect(readRun({ list: 'odd' })).toEqual({});
});

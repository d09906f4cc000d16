import { expect, it } from 'vitest';
import { mergePage, missing, type Pages } from './merge-page';

type Run = { id: string; status: string };
const run = (id: number, status = 'running'): Run => ({ id: `run_${id}`, status });
const list = (): Pages<Run> => ({
  pages: [
    { data: [run(9), run(8), run(7)], next: 'run_7' },
    { data: [run(6), run(5), run(4)], next: 'run_4' },
  ],
  pageParams: [undefined, 'run_7'],
});
const ids = ({ pages }: Pages<Run>) => pages.map(({ data }) => data.map(({ id }) => id));

it('a row that left the head of the list goes, and those beyond it stay', () => {
  const merged = mergePage(list(), { data: [run(9), run(7, 'waiting'), run(6)], next: 'run_6' });
  expect(ids(merged)).toEqual([
    ['run_9', 'run_7'],
    ['run_6', 'run_5', 'run_4'],
  ]);
  expect(merged.pages[0]?.data[1]?.status).toBe('waiting');
});

it('a head without another page is the whole list', () => {
  expect(ids(mergePage(list(), { data: [run(8)], next: null }))).toEqual([['run_8'], []]);
  expect(ids(mergePage(list(), { data: [], next: null }))).toEqual([[], []]);
});

it('a head in which nothing was found yet takes nothing away', () => {
  expect(mergePage(list(), { data: [], next: 'run_9' })).toEqual(list());
});

it('a page further down changes its own rows alone', () => {
  const merged = mergePage(list(), { data: [run(6, 'failed'), run(4)], next: 'run_4' }, 'run_6');
  expect(ids(merged)).toEqual([
    ['run_9', 'run_8', 'run_7'],
    ['run_6', 'run_4'],
  ]);
  expect(merged.pages[1]?.data[0]?.status).toBe('failed');
});

it('a row that came into the filter late is one of those that wait to be seen', () => {
  const head = { data: [run(9), run(8), run(5)] };
  expect(missing(head, [run(8), run(3)]).map(({ id }) => id)).toEqual(['run_9', 'run_5']);
  expect(missing(head, [run(9), run(8)])).toEqual([]);
  expect(missing(head, undefined)).toHaveLength(3);
});

// @vitest-environment happy-dom
import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Range } from '@/lib/ranges';
import { DateRange } from './date-range';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
beforeEach(() => void vi.useFakeTimers({ now: new Date(2026, 10, 20, 14, 5) }));
afterEach(() => void vi.useRealTimers());

function List() {
  const [range, setRange] = useState<Range>({});
  return (
    <>
      <DateRange {...range} onChange={setRange} />
      <button type="button" onClick={() => setRange({ ...range })}>
        Again
      </button>
      <button type="button" onClick={() => setRange({})}>
        Clear
      </button>
    </>
  );
}

function list() {
  const place = document.createElement('div');
  document.body.append(place);
  act(() => createRoot(place).render(<List />));
  const select = place.querySelector('select') as HTMLSelectElement;
  const change = (element: HTMLSelectElement | HTMLInputElement, value: string) =>
    act(() => {
      const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set;
      set?.call(element, value);
      element.dispatchEvent(new Event(element === select ? 'change' : 'input', { bubbles: true }));
    });
  const press = (name: string) =>
    act(() => [...place.querySelectorAll('button')].find((each) => each.textContent === name)?.click());
  const fields = () => [...place.querySelectorAll('input')];
  return { select, change, press, fields };
}

it('a range keeps its name when a minute has gone by', () => {
  const { select, change, press, fields } = list();
  change(select, 'hour');
  vi.advanceTimersByTime(120_000);
  press('Again');
  expect(select.value).toBe('hour');
  expect(fields()).toEqual([]);
});

it('the two fields stay while they are filled in, and go when the filter is cleared', () => {
  const { select, change, press, fields } = list();
  change(select, 'own');
  change(fields()[0] as HTMLInputElement, '2026-11-20T00:00');
  expect(select.value).toBe('own');
  expect(fields()[0]?.value).toBe('2026-11-20T00:00');
  press('Clear');
  expect(select.value).toBe('');
  expect(fields()).toEqual([]);
});

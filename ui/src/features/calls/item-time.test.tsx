// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import type { Item } from './axis';
import { ItemTime } from './item-time';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

// It rang for five seconds, which are no part of the recording.
const turn: Item = { type: 'turn', at: 12, number: 0, turn: { role: 'agent', text: 'Hello', start_s: 7 } };
const button = (canPlay: boolean) => {
  const place = document.createElement('div');
  act(() => createRoot(place).render(<ItemTime item={turn} canPlay={canPlay} />));
  return place.querySelector('button');
};

it('the time of a turn plays the recording from where the turn begins in it', () => {
  const heard = vi.fn();
  window.addEventListener('recording:seek', (event) => heard((event as CustomEvent).detail));
  const play = button(true);
  act(() => play?.click());
  expect(heard).toHaveBeenCalledWith(7);
  expect(button(false)).toBeNull();
});

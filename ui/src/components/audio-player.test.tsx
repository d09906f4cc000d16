// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { seek } from '@/lib/seek';
import { AudioPlayer } from './audio-player';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
afterEach(() => act(() => root.unmount()));

function player(follows: boolean): { audio: HTMLAudioElement; place: HTMLElement } {
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
  act(() =>
    root.render(
      <AudioPlayer
        src="/r.wav"
        onWanted={() => {}}
        seconds={90}
        label="Recording"
        follows={follows}
        onBroken={() => {}}
      />,
    ),
  );
  const audio = place.querySelector('audio') as HTMLAudioElement;
  vi.spyOn(audio, 'play').mockResolvedValue();
  Object.defineProperty(audio, 'duration', { value: 90 });
  return { audio, place };
}

it('goes on from where the page points, within the recording', () => {
  const { audio } = player(true);
  act(() => seek(42.5));
  expect(audio.currentTime).toBe(42.5);
  expect(audio.play).toHaveBeenCalled();
  act(() => seek(1_000));
  expect(audio.currentTime).toBe(90);
});

it('stays where it is when another one is meant', () => {
  const { audio } = player(false);
  act(() => seek(42.5));
  expect(audio.currentTime).toBe(0);
});

it('goes five seconds by the arrows of its slider', () => {
  const { audio, place } = player(true);
  const slider = place.querySelector('input') as HTMLInputElement;
  const press = (key: string) =>
    act(() => void slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
  press('ArrowRight');
  press('ArrowRight');
  press('ArrowLeft');
  expect(audio.currentTime).toBe(5);
});

it('takes space and arrows of the page once it was started, and none that belong to something else', () => {
  const { audio } = player(true);
  const press = (key: string, on: Element = document.body) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    act(() => void on.dispatchEvent(event));
    return event.defaultPrevented;
  };
  act(() => seek(20));
  expect(press('ArrowRight')).toBe(true);
  expect(audio.currentTime).toBe(25);
  expect(press(' ')).toBe(true);
  for (const name of ['input', 'textarea', 'button', 'a']) {
    const own = document.createElement(name);
    document.body.append(own);
    expect([press('ArrowRight', own), press(' ', own)], name).toEqual([false, false]);
  }
  expect(audio.currentTime).toBe(25);
});

it('tells the page where it is', () => {
  const { audio } = player(true);
  const places: unknown[] = [];
  window.addEventListener('recording:place', (event) => places.push((event as CustomEvent).detail));
  act(() => seek(42));
  act(() => void audio.dispatchEvent(new Event('play')));
  expect(places.at(-1)).toEqual({ at: 42, playing: true });
});

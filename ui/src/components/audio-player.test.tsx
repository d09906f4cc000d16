// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { seek } from '@/lib/seek';
import { AudioPlayer } from './audio-player';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function player(follows: boolean): { audio: HTMLAudioElement; place: HTMLElement } {
  const place = document.createElement('div');
  document.body.append(place);
  act(() =>
    createRoot(place).render(
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

// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { api } from '@/lib/api';
import { CallRecordings } from './call-recordings';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const copy = { n: 1, kept: 'copy', url: null, duration_s: 90, size: 1000, channels: 1, expires_at: null };

it('a link is made when somebody listens, and once, whatever comes of the call meanwhile', async () => {
  let links = 0;
  const ok = (data: unknown) => ({ data, response: new Response() });
  vi.spyOn(api, 'GET').mockImplementation((async () => ok({ data: [copy], next: null })) as never);
  vi.spyOn(api, 'POST').mockImplementation((async () => {
    links += 1;
    return ok({ url: `http://here/r/${links}?sig=x` });
  }) as never);
  const client = new QueryClient();
  const place = document.createElement('div');
  const settle = () => act(() => new Promise((done) => setTimeout(done, 20)));
  act(() =>
    createRoot(place).render(
      <QueryClientProvider client={client}>
        <CallRecordings callId="call_1" />
      </QueryClientProvider>,
    ),
  );
  await settle();
  const audio = place.querySelector('audio') as HTMLAudioElement;
  vi.spyOn(audio, 'play').mockResolvedValue();
  expect(links).toBe(0);
  act(() => place.querySelector<HTMLElement>('[aria-label="Play"]')?.click());
  await settle();
  expect(audio.getAttribute('src')).toBe('/r/1?sig=x');
  expect(audio.play).toHaveBeenCalledOnce();
  await act(() => client.invalidateQueries());
  await settle();
  expect(links).toBe(1);
  expect(place.querySelector('audio')).toBe(audio);

  act(() => void audio.dispatchEvent(new Event('error')));
  await settle();
  expect(audio.getAttribute('src')).toBe('/r/2?sig=x');
  act(() => void audio.dispatchEvent(new Event('error')));
  expect(place.querySelector('[role="alert"]')?.textContent).toContain('cannot be played');
  expect(links).toBe(2);
});

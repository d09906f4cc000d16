import { useSyncExternalStore } from 'react';

/** Pages by their paths: where something was hidden, and the one where somebody has asked to see it. */
let hidden = new Set<string>();
let shown: string | undefined;
const listeners = new Set<() => void>();

const here = () => location.pathname;
const tell = () => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** What calls are told of. */
const ofCalls = /^\/v1\/(calls|runs|events|contacts|deliveries|endpoints)\b/;

/** A request for something confidential says so while this page shows it. */
export function revealing(request: Request): Request | undefined {
  const url = new URL(request.url);
  const reads = request.method === 'GET' || url.pathname.endsWith('/link');
  if (shown !== here() || !reads || !ofCalls.test(url.pathname)) return undefined;
  url.searchParams.set('reveal', 'true');
  return new Request(url, request);
}

export function noteHidden(response: Response): void {
  if (response.headers.get('switchhook-redacted') !== 'true' || hidden.has(here())) return;
  hidden = new Set(hidden).add(here());
  tell();
}

/** Shows what is confidential on this page, or hides it again. */
export function setShown(show: boolean): void {
  shown = show ? here() : undefined;
  tell();
}

/** Whether something of a page is hidden, or is shown because somebody has asked. */
export function useReveal(path: string): 'nothing' | 'hidden' | 'shown' {
  return useSyncExternalStore(subscribe, () => {
    if (shown === path) return 'shown';
    return hidden.has(path) ? 'hidden' : 'nothing';
  });
}

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

/** What calls are told of; what kinds of events there are tells of none. */
const ofCalls = /^\/v1\/(calls|runs|events|contacts|deliveries|destinations|endpoints)\b(?!\/kinds)/;

/** Whether the page shows what a request answers. Every page counts alerts; these have their texts. */
function isShowable({ method, url }: Request): boolean {
  const { pathname } = new URL(url);
  const reads = method === 'GET' || pathname.endsWith('/link');
  const alerts = pathname === '/v1/alerts' && ['/', '/alerts'].includes(here());
  return reads && (alerts || ofCalls.test(pathname));
}

/** A request for something confidential says so while this page shows it. */
export function revealing(request: Request): Request | undefined {
  if (shown !== here() || !isShowable(request)) return undefined;
  const url = new URL(request.url);
  url.searchParams.set('reveal', 'true');
  return new Request(url, request);
}

/** What would stay hidden when somebody asks to see it is not told of: what is worked out is worked out without it. */
export function noteHidden(request: Request, response: Response): void {
  const hides = response.headers.get('switchhook-redacted') === 'true';
  if (!hides || hidden.has(here()) || !isShowable(request)) return;
  hidden = new Set(hidden).add(here());
  tell();
}

/** Shows what is confidential on this page, or hides it again. */
export function setShown(show: boolean): void {
  shown = show ? here() : undefined;
  tell();
}

/** For the address of a download: what this page shows is in the file, too. */
export function useRevealed(): { reveal?: true } {
  const isShown = useSyncExternalStore(subscribe, () => shown === here());
  return isShown ? { reveal: true } : {};
}

/** Whether something of a page is hidden, or is shown because somebody has asked. */
export function useReveal(path: string): 'nothing' | 'hidden' | 'shown' {
  return useSyncExternalStore(subscribe, () => {
    if (shown === path) return 'shown';
    return hidden.has(path) ? 'hidden' : 'nothing';
  });
}

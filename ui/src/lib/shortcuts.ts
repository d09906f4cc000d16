import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

export const places = {
  o: { to: '/', label: 'Overview' },
  r: { to: '/runs', label: 'Runs' },
  c: { to: '/calls', label: 'Calls' },
  f: { to: '/flows', label: 'Flows' },
  p: { to: '/recipes', label: 'Recipes' },
  a: { to: '/alerts', label: 'Alerts' },
  g: { to: '/agents', label: 'Agents' },
  u: { to: '/contacts', label: 'Contacts' },
  m: { to: '/campaigns', label: 'Campaigns' },
  e: { to: '/endpoints', label: 'Endpoints' },
  n: { to: '/connections', label: 'Connections' },
  d: { to: '/destinations', label: 'Destinations' },
  k: { to: '/keys', label: 'API keys' },
  s: { to: '/secrets', label: 'Secrets' },
  v: { to: '/developers/events', label: 'Event catalogue' },
  x: { to: '/developers/test', label: 'Event tester' },
  h: { to: '/developers/rehearsal', label: 'Rehearsal calls' },
  l: { to: '/deliveries', label: 'Deliveries' },
  w: { to: '/developers/verify', label: 'Verify webhooks' },
  b: { to: '/usage', label: 'Usage' },
  t: { to: '/settings', label: 'Settings' },
  i: { to: '/inspector', label: 'Inspector' },
} as const;

const WAIT_MS = 1200;
let pressedG = 0;

/** Whether `g` was just pressed: the next key says where to go, and means nothing else. */
export const isGoing = (): boolean => Date.now() - pressedG < WAIT_MS;

/** Whether it happened in one of these; of what happens in a shadow tree, the page itself is told the tree's host only. */
export const isWithin = (event: Event, selector: string): boolean =>
  event.composedPath().some((node) => node instanceof Element && node.matches(selector));

/** What the user types in. */
export const FIELDS = 'input, textarea, select, [contenteditable]';
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Whether a key press belongs to a field the user types in, or to an open dialog or menu. */
export const isTaken = (event: KeyboardEvent): boolean =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.defaultPrevented ||
  isWithin(event, `${FIELDS}, ${LAYERS}`);

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** The keys that open the search over everything, as they stand on this keyboard. */
export const findKeys = isMac ? ['⌘', 'K'] : ['Ctrl', 'K'];

/** It is free in text fields too; a dialog that is open keeps it from leaving. */
function isFind(event: KeyboardEvent): boolean {
  const mod = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return (
    mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k' && !isWithin(event, LAYERS)
  );
}

/** `g` and a letter goes to a place, `/` to the page's search, `?` shows the list, Ctrl or Cmd and K finds anything. */
export function useShortcuts(showHelp: () => void, find: () => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isFind(event)) {
        event.preventDefault();
        find();
        return;
      }
      if (isTaken(event)) return;
      const afterG = isGoing();
      pressedG = event.key === 'g' && !afterG ? Date.now() : 0;
      if (afterG && event.key in places) {
        event.preventDefault();
        void navigate({ to: places[event.key as keyof typeof places].to });
      } else if (event.key === '/') {
        const search = document.querySelector<HTMLElement>('[data-search]');
        if (search) {
          event.preventDefault();
          search.focus();
        }
      } else if (event.key === '?') {
        event.preventDefault();
        showHelp();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate, showHelp, find]);
}

/** Keys of one page, while no field, dialog or menu takes them. */
export function useKeys(keys: string, act: (key: string) => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.length !== 1 || !keys.includes(event.key) || isTaken(event)) return;
      event.preventDefault();
      latest.current(event.key);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [keys]);
}

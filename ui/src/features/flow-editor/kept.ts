/** A new flow that is not saved yet, kept in this tab: a reload, or a look at another page, loses nothing of it. */
import { useEffect, useRef } from 'react';
import { type Doc, isObject, type Json } from './model/json';

const key = 'switchhook.new-flow';
const pause = 250;

export function readKept(): Doc | undefined {
  try {
    const value = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function dropKept(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Where nothing can be kept there is nothing to drop.
  }
}

function write(doc: Doc): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(doc));
  } catch {
    // Private windows may refuse, and there is a bound: it is then lost with the page, as before.
  }
}

/** Whether this browser keeps anything: where it does not, leaving has to be asked about. */
export function canKeep(): boolean {
  try {
    sessionStorage.setItem(`${key}.probe`, '');
    sessionStorage.removeItem(`${key}.probe`);
    return true;
  } catch {
    return false;
  }
}

/** Keeps what was changed: a moment after the change, and when the page is left. Nothing to keep takes away what was kept. */
export function useKept(active: boolean, doc: Doc | undefined): void {
  const newest = useRef<Doc>(undefined);
  newest.current = active ? doc : undefined;
  useEffect(() => {
    if (!active) return;
    if (!doc) return dropKept();
    const timer = setTimeout(() => write(doc), pause);
    return () => clearTimeout(timer);
  }, [active, doc]);
  useEffect(() => {
    const leave = () => newest.current && write(newest.current);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
}

/** A new flow that is not saved yet, kept in this tab: a reload, or a look at another page, loses nothing of it. */
import { useEffect, useRef } from 'react';
import { recall, remember } from '@/lib/storage';
import { type Doc, isObject, type Json } from './model/json';

const key = 'switchhook.new-flow';
const pause = 250;

export function readKept(): Doc | undefined {
  try {
    const value = JSON.parse(recall(key, 'tab') ?? 'null') as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function dropKept(): void {
  remember(key, null, 'tab');
}

/** What cannot be kept is lost with the page. */
const write = (doc: Doc) => remember(key, JSON.stringify(doc), 'tab');

/** Whether this browser keeps anything: where it does not, leaving has to be asked about. */
export function canKeep(): boolean {
  const probe = `${key}.probe`;
  return remember(probe, '', 'tab') && remember(probe, null, 'tab');
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

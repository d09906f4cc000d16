/** The newest document for what is drawn on the canvas: a node follows its own step, and nothing is drawn again because another
 * one was typed into. */
import { createContext, use, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { type Doc, get, type Json } from '@/features/flow-editor/model/json';

type Source = { now: Doc; listeners: Set<() => void> };

export const SourceContext = createContext<Source>({ now: {}, listeners: new Set() });

export function useSource(doc: Doc): Source {
  const [source] = useState<Source>(() => ({ now: doc, listeners: new Set() }));
  useLayoutEffect(() => {
    source.now = doc;
    for (const tell of source.listeners) tell();
  }, [source, doc]);
  return source;
}

/** What stands at a place; it keeps its identity while nothing in it changes. */
export function useAt(at: string): Json | undefined {
  const source = use(SourceContext);
  return useSyncExternalStore(
    (tell) => {
      source.listeners.add(tell);
      return () => source.listeners.delete(tell);
    },
    () => get(source.now, at),
  );
}

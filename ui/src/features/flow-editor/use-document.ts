/** The document that is edited, as a tree and as text in step with it; undo covers both. */
import { useCallback, useMemo, useReducer, useRef, useState } from 'react';
import { syntaxError } from '@/lib/json-place';
import { begin, type History, record, redo, undo } from './model/history';
import { type Doc, isObject, type Json, setPruned } from './model/json';

/** `text` is what stands in the text form while it is not just the document written out. */
type State = { history: History<Doc>; text: string | undefined };
type Action =
  | { type: 'change'; change: (doc: Doc) => Doc; key: string; at: number }
  | { type: 'text'; text: string; at: number }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'replace'; doc: Doc }
  | { type: 'rebase'; doc: Doc; saved: Doc | undefined };

function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'change': {
      const next = action.change(state.history.now);
      return { history: record(state.history, next, action.key, action.at), text: undefined };
    }
    case 'text': {
      const doc = read(action.text);
      const history = doc ? record(state.history, doc, 'text', action.at) : state.history;
      return { history, text: action.text };
    }
    case 'undo':
      return { history: undo(state.history), text: undefined };
    case 'redo':
      return { history: redo(state.history), text: undefined };
    case 'rebase':
      // What was changed while it was being saved stays.
      return action.saved !== undefined && state.history.now !== action.saved
        ? state
        : { history: { ...state.history, now: action.doc }, text: undefined };
    case 'replace':
      return { history: record(state.history, action.doc, '', 0), text: undefined };
  }
}

function read(text: string): Doc | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `begun`: where to begin, if not with the original. */
export function useDocument(original: Doc, begun?: Doc) {
  const [state, send] = useReducer(reduce, { history: begin(begun ?? original), text: undefined });
  const [base, setBase] = useState(original);
  const saved = useRef<Doc>(undefined);
  if (base !== original) {
    setBase(original);
    send({ type: 'rebase', doc: original, saved: saved.current });
  }
  const doc = state.history.now;
  const newest = useRef(doc);
  newest.current = doc;
  const change = useCallback(
    (change: (doc: Doc) => Doc, key = '') => send({ type: 'change', change, key, at: Date.now() }),
    [],
  );
  const set = useCallback(
    (at: string, value: Json | undefined) => change((doc) => setPruned(doc, at, value), at),
    [change],
  );
  const fault = useMemo(
    () =>
      state.text === undefined || read(state.text)
        ? undefined
        : (syntaxError(state.text)?.message ?? 'A flow is an object: { … }'),
    [state.text],
  );
  return {
    doc,
    /** Why the text is no document yet; the form shows the last one that was. */
    fault,
    changed: doc !== original,
    text: state.text,
    setText: useCallback((text: string) => send({ type: 'text', text, at: Date.now() }), []),
    /** Takes the text back to the document. */
    dropText: useCallback(() => send({ type: 'change', change: (doc) => doc, key: '', at: 0 }), []),
    read: useCallback(() => newest.current, []),
    /** The document as it is sent to be saved; what comes back takes its place. */
    submit: () => {
      saved.current = doc;
      return doc;
    },
    /** The next original replaces whatever is here. */
    yield: () => {
      saved.current = undefined;
    },
    set,
    change,
    undo: state.history.past.length > 0 ? () => send({ type: 'undo' }) : undefined,
    redo: state.history.future.length > 0 ? () => send({ type: 'redo' }) : undefined,
    discard: () => send({ type: 'replace', doc: original }),
  };
}

export type DocumentState = ReturnType<typeof useDocument>;

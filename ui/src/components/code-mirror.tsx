import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { codeLook } from './code-look';

type Props = {
  value: string;
  onChange: (value: string) => void;
  label: string;
  /** What belongs to the language; what it is at first holds on. */
  extensions: Extension;
  /** The view itself, for whoever moves in it. */
  view: RefObject<EditorView | null>;
  readOnly?: boolean;
  /** The ids of what describes it on the page. */
  describedBy?: string | undefined;
  invalid?: boolean;
  className: string;
};

/** A field for code with line numbers and colours. It lives in a shadow tree, where its styles need no exception of the page's policy. */
export function CodeMirror({
  value,
  onChange,
  label,
  extensions,
  view,
  readOnly = false,
  describedBy = '',
  invalid = false,
  className,
}: Props) {
  const host = useRef<HTMLDivElement>(null);
  const begin = useRef({ value, onChange, label, extensions, readOnly });
  begin.current.onChange = onChange;
  /** What was told and has not come back yet: an echo is no change from elsewhere. */
  const told = useRef(new Set<string>());

  useLayoutEffect(() => {
    const node = host.current;
    if (!node) return;
    const root = node.shadowRoot ?? node.attachShadow({ mode: 'open', delegatesFocus: true });
    const { value, label, extensions, readOnly } = begin.current;
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: value,
        extensions: [
          extensions,
          lineNumbers(),
          history(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          codeLook,
          // Tab leaves the field.
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            const text = update.state.doc.toString();
            told.current.add(text);
            begin.current.onChange(text);
          }),
        ],
      }),
    });
    view.current = editor;
    // It has an undo of its own.
    const keep = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && 'zy'.includes(event.key.toLowerCase())) event.stopPropagation();
    };
    node.addEventListener('keydown', keep);
    return () => {
      node.removeEventListener('keydown', keep);
      view.current = null;
      editor.destroy();
    };
  }, [view]);

  useEffect(() => {
    const editor = view.current;
    const there = editor?.state.doc.toString();
    if (!editor || there === undefined) return;
    if (there === value) told.current.clear();
    else if (!told.current.has(value)) editor.dispatch({ changes: difference(there, value) });
  }, [value, view]);

  useEffect(() => {
    const field = view.current?.contentDOM;
    if (!field) return;
    // Ids end at the shadow tree; elements do not.
    field.ariaDescribedByElements = describedBy
      .split(' ')
      .map((id) => document.getElementById(id))
      .filter((each) => each !== null);
    field.ariaInvalid = invalid ? 'true' : null;
  }, [describedBy, invalid, view]);

  return <div ref={host} data-editor className={className} />;
}

/** The part in which two texts differ, so that the cursor stays where it is. */
function difference(before: string, after: string) {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < most - from && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

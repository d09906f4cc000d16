import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';

type Props = {
  value: string;
  onChange: (value: string) => void;
  label: string;
  example: string;
  invalid: boolean;
};

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], color: 'var(--json-word)' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--json-text)' },
  { tag: tags.number, color: 'var(--json-number)' },
  { tag: [tags.propertyName, tags.definition(tags.variableName)], color: 'var(--json-key)' },
  { tag: tags.comment, color: 'var(--ink-mute)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': { fontSize: '12px', maxHeight: '60vh', backgroundColor: 'var(--surface)', color: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { minHeight: '100px', caretColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--canvas)', color: 'var(--ink-mute)', borderColor: 'var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--inset)' },
  '.cm-placeholder': { color: 'var(--ink-mute)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
});

/** JavaScript with line numbers and colours. It lives in a shadow tree, where its styles need no exception of the page's policy. */
export function CodeEditor({ value, onChange, label, example, invalid }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const begin = useRef({ value, onChange, label, example });
  begin.current.onChange = onChange;

  useEffect(() => {
    const node = host.current;
    if (!node) return;
    const root = node.shadowRoot ?? node.attachShadow({ mode: 'open', delegatesFocus: true });
    const { value, label, example } = begin.current;
    const extensions = [
      lineNumbers(),
      history(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      javascript(),
      syntaxHighlighting(colours),
      look,
      placeholder(example),
      // Tab leaves the field.
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) begin.current.onChange(update.state.doc.toString());
      }),
    ];
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: value, extensions }),
    });
    view.current = editor;
    // It has an undo of its own.
    const keep = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') event.stopPropagation();
    };
    node.addEventListener('keydown', keep);
    return () => {
      node.removeEventListener('keydown', keep);
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    const there = editor?.state.doc.toString();
    if (editor && there !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  return (
    <div
      ref={host}
      className={`overflow-hidden rounded-md border ${invalid ? 'border-bad' : 'border-line-strong'}`}
    />
  );
}

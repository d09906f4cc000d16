import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useMemo, useRef } from 'react';
import { findPointer, pointerAt } from '@/lib/json-place';
import type { Offer, Offering } from '@/lib/offers';
import { CodeMirror } from './code-mirror';
import type { FieldIds } from './field';
import type { Mark, Wanted } from './json-editor';
import { jsonLanguage } from './json-language';

type Props = {
  value: string;
  onChange: (value: string) => void;
  label: string;
  marks: Mark[];
  offering: Offering | undefined;
  wanted: Wanted | undefined;
  onPlace: ((path: string) => void) | undefined;
  onSave: (() => void) | undefined;
  readOnly: boolean;
  example: string;
  className: string;
  ids: FieldIds | undefined;
};

const show = StateEffect.define<number | undefined>();
const shownLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(line, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(show)) continue;
      return effect.value === undefined
        ? Decoration.none
        : Decoration.set([Decoration.line({ class: 'cm-shown' }).range(effect.value)]);
    }
    return transaction.selection ? Decoration.none : line.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The field of the JSON editor: coloured, with what is wrong at its place, and with what could be written next. */
export function JsonArea({
  value,
  onChange,
  label,
  marks,
  offering,
  wanted,
  onPlace,
  onSave,
  readOnly,
  example,
  className,
  ids,
}: Props) {
  const view = useRef<EditorView>(null);
  const latest = useRef({ offering, onPlace, onSave });
  latest.current = { offering, onPlace, onSave };
  const extensions = useMemo(
    () => [
      jsonLanguage,
      shownLine,
      closeBrackets(),
      placeholder(example),
      lintGutter(),
      autocompletion({
        override: [(context) => complete(context, latest.current.offering)],
        icons: false,
        maxRenderedOptions: 60,
      }),
      keymap.of([
        {
          key: 'Mod-s',
          run: () => {
            latest.current.onSave?.();
            return latest.current.onSave !== undefined;
          },
        },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...lintKeymap,
      ]),
      EditorView.updateListener.of(({ selectionSet, view, state }) => {
        if (!selectionSet || !view.hasFocus || !latest.current.onPlace) return;
        const path = pointerAt(state.doc.toString(), state.selection.main.head);
        if (path !== undefined) latest.current.onPlace(path);
      }),
    ],
    [example],
  );

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const found = marks.flatMap(({ offset, message, severity }) => {
      if (offset === undefined || offset > editor.state.doc.length) return [];
      return [{ from: offset, to: editor.state.doc.lineAt(offset).to, message, severity }];
    });
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [marks]);

  useEffect(() => {
    const editor = view.current;
    const text = editor?.state.doc.toString() ?? '';
    const offset = wanted?.offset ?? (wanted && findPointer(text, wanted.path)?.offset);
    if (!editor || !wanted || offset === undefined || (!wanted.focus && editor.hasFocus)) return;
    const { from, to } = editor.state.doc.lineAt(Math.min(offset, editor.state.doc.length));
    const scroll = EditorView.scrollIntoView(from, { y: 'center' });
    if (wanted.focus) {
      editor.dispatch({ selection: { anchor: offset, head: to }, effects: scroll });
      editor.focus();
    } else editor.dispatch({ effects: [scroll, show.of(from)] });
  }, [wanted]);

  return (
    <CodeMirror
      value={value}
      onChange={onChange}
      label={label}
      extensions={extensions}
      view={view}
      readOnly={readOnly}
      describedBy={ids?.['aria-describedby']}
      invalid={ids?.['aria-invalid'] ?? marks.some(({ severity }) => severity === 'error')}
      className={className}
    />
  );
}

function complete(context: CompletionContext, offering: Offering | undefined): CompletionResult | null {
  const found = offering?.(context.state.doc.toString(), context.pos, context.explicit);
  if (!found || found.offers.length === 0) return null;
  const { word, from, to, offers } = found;
  const [before, after] = [word - from, to - context.pos];
  return {
    from: word,
    validFor: /^[\w.$-]*$/,
    options: offers.map((offer, i) => ({
      label: offer.label,
      ...(offer.detail && { detail: offer.detail }),
      ...(offer.info && { info: offer.info }),
      // The order is that of what is offered.
      boost: Math.max(-90, -i),
      apply: (view, _, begin, end) => put(view, offer, begin - before, end + after),
    })),
  };
}

function put(view: EditorView, { label, insert = label, cursor }: Offer, from: number, to: number): void {
  view.dispatch({
    changes: { from, to: Math.min(to, view.state.doc.length), insert },
    selection: { anchor: from + (cursor ?? insert.length) },
    userEvent: 'input.complete',
  });
}

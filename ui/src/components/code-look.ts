/** How code looks: its colours, and what hangs beside it. It holds in a shadow tree, where the page's own styles do not reach. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], color: 'var(--json-word)' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--json-text)' },
  { tag: tags.number, color: 'var(--json-number)' },
  { tag: [tags.propertyName, tags.definition(tags.variableName)], color: 'var(--json-key)' },
  { tag: tags.special(tags.variableName), color: 'var(--accent)' },
  { tag: tags.comment, color: 'var(--ink-mute)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': {
    height: '100%',
    maxHeight: 'inherit',
    fontSize: '12px',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { minHeight: '100px', caretColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--canvas)', color: 'var(--ink-mute)', borderColor: 'var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--inset)' },
  '.cm-line.cm-shown': { backgroundColor: 'var(--accent-soft)' },
  '.cm-placeholder': { color: 'var(--ink-mute)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    boxShadow: '0 8px 28px -6px var(--shadow)',
    overflow: 'hidden',
    maxWidth: 'min(34rem, 92vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'ui-monospace, monospace',
    maxHeight: '15rem',
    padding: '4px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '16px',
    padding: '3px 8px',
    borderRadius: '4px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--inset)',
    color: 'var(--ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': {
    margin: '0',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    fontStyle: 'normal',
    color: 'var(--ink-mute)',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 8px', maxWidth: '18rem', color: 'var(--ink-soft)' },
  '@media (max-width: 48rem)': { '.cm-tooltip.cm-completionInfo': { display: 'none' } },
  '.cm-diagnostic': { padding: '4px 8px', borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--wait)' },
});

export const codeLook = [syntaxHighlighting(colours), look];

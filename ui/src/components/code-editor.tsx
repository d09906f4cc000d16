import { javascript } from '@codemirror/lang-javascript';
import { type EditorView, placeholder } from '@codemirror/view';
import { useRef } from 'react';
import { CodeMirror } from './code-mirror';
import type { FieldIds } from './field';

type Props = {
  value: string;
  onChange: (value: string) => void;
  label: string;
  example: string;
  ids: FieldIds;
};

/** JavaScript with line numbers and colours. */
export function CodeEditor({ value, onChange, label, example, ids }: Props) {
  const view = useRef<EditorView>(null);
  return (
    <CodeMirror
      value={value}
      onChange={onChange}
      label={label}
      view={view}
      describedBy={ids['aria-describedby']}
      invalid={ids['aria-invalid'] ?? false}
      extensions={[javascript(), placeholder(example)]}
      className={`max-h-[60vh] overflow-hidden rounded-md border ${ids['aria-invalid'] ? 'border-bad' : 'border-line-strong'}`}
    />
  );
}

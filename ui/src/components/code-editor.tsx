import { javascript } from '@codemirror/lang-javascript';
import { type EditorView, placeholder } from '@codemirror/view';
import { useRef } from 'react';
import { CodeMirror } from './code-mirror';

type Props = {
  value: string;
  onChange: (value: string) => void;
  label: string;
  example: string;
  invalid: boolean;
};

/** JavaScript with line numbers and colours. */
export function CodeEditor({ value, onChange, label, example, invalid }: Props) {
  const view = useRef<EditorView>(null);
  return (
    <CodeMirror
      value={value}
      onChange={onChange}
      label={label}
      view={view}
      extensions={[javascript(), placeholder(example)]}
      className={`max-h-[60vh] overflow-hidden rounded-md border ${invalid ? 'border-bad' : 'border-line-strong'}`}
    />
  );
}

import { type Ref, useMemo } from 'react';
import { type EditorHandle, JsonEditor } from '@/components/json-editor';
import { Panel } from '@/components/panel';
import type { Marks } from './context';
import { useOffering } from './text/use-offering';
import type { DocumentState } from './use-document';

type Props = {
  state: DocumentState;
  marks: Marks;
  handle: Ref<EditorHandle>;
  onPlace?: (at: string) => void;
};

/** The document as text. It stays as typed until the form changes something. */
export function JsonTab({ state, marks, handle, onPlace }: Props) {
  const written = useMemo(() => JSON.stringify(state.doc, null, 2), [state.doc]);
  return (
    <Panel flush>
      <JsonEditor
        ref={handle}
        value={state.text ?? written}
        onChange={state.setText}
        problems={marks.problems}
        warnings={marks.warnings}
        offering={useOffering()}
        tall
        {...(onPlace && { onPlace })}
        label="Flow document"
      />
    </Panel>
  );
}

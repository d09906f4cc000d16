import { type ReactNode, useRef } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { type EditorHandle, JsonEditor } from '@/components/json-editor';
import { Notice } from '@/components/notice';
import { Panel } from '@/components/panel';
import { ProblemList } from '@/components/problem-list';
import { syntaxError } from '@/lib/json-place';
import { ApiProblem, type FieldProblem } from '@/lib/problem';
import type { FlowDocument } from '@/lib/types';
import { useCheck } from './use-check';

type Props = {
  text: string;
  onText: (text: string) => void;
  onSave: (document: FlowDocument) => void;
  saving: boolean;
  error: unknown;
  warnings: FieldProblem[];
  changed: boolean;
  saveLabel: string;
  title: string;
  extra?: ReactNode;
};

/** A flow's document as JSON: problems stand at their lines, nothing is saved that is not valid. */
export function FlowEditor({
  text,
  onText,
  onSave,
  saving,
  error,
  warnings,
  changed,
  saveLabel,
  title,
  extra,
}: Props) {
  const editor = useRef<EditorHandle>(null);
  const fault = syntaxError(text);
  const checked = useCheck(text, changed && !fault);
  const shown = error ? ApiProblem.from(error).problems : (checked?.problems ?? []);
  const looksWrong = checked?.warnings ?? warnings;
  const goTo = (path: string) => editor.current?.goTo(path);
  const save = () => {
    if (!fault && changed && !saving) onSave(JSON.parse(text));
  };
  return (
    <div className="flex flex-col gap-3">
      {error ? <Failure error={error} what="The flow was not saved" onPlace={goTo} /> : null}
      <Panel
        flush
        title={title}
        actions={
          <>
            {extra}
            <Button
              look="primary"
              size="sm"
              busy={saving}
              disabled={Boolean(fault) || !changed}
              title={fault ? 'The text is not JSON yet' : changed ? 'Ctrl+S' : 'Nothing was changed'}
              onClick={save}
            >
              {saveLabel}
            </Button>
          </>
        }
      >
        <JsonEditor
          ref={editor}
          value={text}
          onChange={onText}
          onSave={save}
          problems={shown}
          label="Flow document"
        />
      </Panel>
      {!error && shown.length > 0 && (
        <Notice tone="bad" title="Not valid yet">
          <ProblemList problems={shown} onPlace={goTo} />
        </Notice>
      )}
      {looksWrong.length > 0 && (
        <Notice tone="wait" title="Allowed, but look at this">
          <ProblemList problems={looksWrong} onPlace={goTo} />
        </Notice>
      )}
    </div>
  );
}

import { useMemo, useState } from 'react';
import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { useSaveFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';
import { FlowEditor } from './flow-editor';

/** Reading and editing the newest version; saving makes the next one. */
export function FlowDocument({ flow }: { flow: Flow }) {
  const original = useMemo(() => JSON.stringify(flow.document, null, 2), [flow.document]);
  const [text, setText] = useState(original);
  const save = useSaveFlow(flow.id);
  const changed = text !== original;
  return (
    <FlowEditor
      title={changed ? 'Document, changed' : 'Document'}
      text={text}
      onText={setText}
      changed={changed}
      saving={save.isPending}
      error={save.error}
      warnings={flow.warnings ?? []}
      saveLabel="Save as new version"
      onSave={(document) =>
        save.mutate(
          { document, version: flow.draft ?? flow.version },
          {
            onSuccess: (next) =>
              say(`Version ${next.version} saved`, 'Runs that are under way keep their version.'),
          },
        )
      }
      extra={
        <>
          <CopyButton text={text} label="Copy document" />
          {changed && (
            <Button
              size="sm"
              look="quiet"
              onClick={() => {
                setText(original);
                save.reset();
              }}
            >
              Discard changes
            </Button>
          )}
        </>
      }
    />
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { useSaveFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';
import { FlowEditor } from './editor';

/** Reading and editing the newest version; saving makes the next one, over the one that was edited. */
export function FlowDocument({ flow }: { flow: Flow }) {
  const [base, setBase] = useState(flow);
  const save = useSaveFlow(flow.id);
  const { view = 'form' } = useSearch({ from: '/shell/flows/$flowId' });
  const navigate = useNavigate({ from: '/flows/$flowId' });
  return (
    <FlowEditor
      document={base.document}
      view={view}
      onView={(next) => void navigate({ search: (old) => ({ ...old, view: next }), replace: true })}
      saving={save.isPending}
      error={save.error}
      warnings={base.warnings ?? []}
      saveLabel="Save as new version"
      newer={flow.version > base.version ? { version: flow.version, load: () => setBase(flow) } : undefined}
      onSave={(document) =>
        save.mutate(
          { document, version: base.version },
          {
            onSuccess: (next) => {
              setBase(next);
              say(`Version ${next.version} saved`, 'Runs that are under way keep their version.');
            },
          },
        )
      }
      extra={<CopyButton text={JSON.stringify(base.document, null, 2)} label="Copy document" />}
    />
  );
}

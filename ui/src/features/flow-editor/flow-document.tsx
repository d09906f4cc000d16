import { CopyButton } from '@/components/copy-button';
import { useSaveFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';
import { FlowEditor } from './editor';

/** Reading and editing the newest version; saving makes the next one. */
export function FlowDocument({ flow }: { flow: Flow }) {
  const save = useSaveFlow(flow.id);
  return (
    <FlowEditor
      key={flow.version}
      document={flow.document}
      saving={save.isPending}
      error={save.error}
      warnings={flow.warnings ?? []}
      saveLabel="Save as new version"
      onSave={(document) =>
        save.mutate(
          { document, version: flow.version },
          {
            onSuccess: (next) =>
              say(`Version ${next.version} saved`, 'Runs that are under way keep their version.'),
          },
        )
      }
      extra={<CopyButton text={JSON.stringify(flow.document, null, 2)} label="Copy document" />}
    />
  );
}

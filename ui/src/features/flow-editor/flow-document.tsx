import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { Skeleton } from '@/components/skeleton';
import { useSaveFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { FlowDocument as Document, Flow } from '@/lib/types';
import { FlowEditor } from './editor';
import { PublishDialog } from './publish-dialog';
import { OfRunNotice } from './test/of-run-notice';
import { useOfRun } from './test/use-of-run';

/** Reading and editing the newest version; saving makes the next one, over the one that was edited. */
export function FlowDocument({ flow }: { flow: Flow }) {
  const [base, setBase] = useState(flow);
  const save = useSaveFlow(flow.id);
  const { view = 'form', part, step, text, call, run } = useSearch({ from: '/shell/flows/$flowId' });
  const ofRun = useOfRun(run);
  const navigate = useNavigate({ from: '/flows/$flowId' });
  const { live } = flow;
  const [asking, setAsking] = useState<Document>();
  const keep = (document: Document, draft: boolean, note = '') =>
    save.mutate(
      { document, version: base.version, draft, note },
      {
        onSuccess: (next) => {
          setAsking(undefined);
          setBase(next);
          if (draft) say(`Draft ${next.version} saved`, waits(live));
          else say(`Version ${next.version} is live`, 'Runs that are under way keep their version.');
        },
      },
    );
  if (ofRun.isPending) return <Skeleton rows={8} label="Loading the run" />;
  return (
    <>
      {run && (
        <div className="px-4 pb-4">
          <OfRunNotice
            state={ofRun}
            version={base.version}
            onClear={() => void navigate({ search: ({ run: _, ...old }) => old, replace: true })}
          />
        </div>
      )}
      <FlowEditor
        document={base.document}
        flow={flow.id}
        view={view}
        part={part}
        step={step}
        beside={text === 'beside'}
        call={call}
        ofRun={ofRun.loaded?.of}
        onShow={(next) =>
          void navigate({ search: (old) => ({ ...old, ...next }), replace: next.part === undefined })
        }
        saving={save.isPending ? (save.variables.draft ? 'draft' : 'publish') : undefined}
        error={save.error}
        warnings={base.warnings ?? []}
        words={{
          publish: {
            label: 'Save and publish',
            hint: 'A new version, which events start from now on',
          },
          draft: { label: 'Save as draft', hint: `Kept, but not run: ${waits(live)}` },
        }}
        newer={flow.version > base.version ? { version: flow.version, load: () => setBase(flow) } : undefined}
        onSave={(document, draft) => {
          if (draft) return keep(document, draft);
          save.reset();
          setAsking(document);
        }}
        extra={<CopyButton text={JSON.stringify(base.document, null, 2)} label="Copy document" />}
      />
      {asking && (
        <PublishDialog
          flow={flow}
          document={asking}
          busy={save.isPending}
          error={save.error}
          onClose={() => setAsking(undefined)}
          onPublish={(note) => keep(asking, false, note)}
        />
      )}
    </>
  );
}

const waits = (live: number | null) =>
  live === null
    ? 'The flow runs once a version is published.'
    : `New runs take version ${live} until it is published.`;

import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '@/components/page';
import { useCreateFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import { FlowEditor } from './flow-editor';
import { starter } from './starter';

export function NewFlowPage() {
  const [text, setText] = useState(starter);
  const navigate = useNavigate();
  const create = useCreateFlow();
  return (
    <Page
      title="New flow"
      parent={
        <Link to="/flows" className="rounded hover:text-ink hover:underline">
          Flows
        </Link>
      }
      description="It is enabled as soon as it is created, unless it says “enabled”: false."
    >
      <FlowEditor
        title="Document"
        text={text}
        onText={setText}
        changed
        saving={create.isPending}
        error={create.error}
        warnings={[]}
        saveLabel="Create flow"
        onSave={(document) =>
          create.mutate(document, {
            onSuccess: (flow) => {
              say('Flow created', 'Events accepted from now on match it.');
              void navigate({ to: '/flows/$flowId', params: { flowId: flow.id }, search: {} });
            },
          })
        }
      />
    </Page>
  );
}

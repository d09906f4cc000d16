import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '@/components/page';
import { useCreateFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import { FlowEditor } from './editor';
import { dropKept, readKept } from './kept';
import { NewFlowStart } from './new-flow-start';
import { starter } from './starter';
import { adoptKeptTest } from './test/kept-test';
import type { View } from './toolbar';
import type { Part } from './wizard/parts';

/** Where a flow begins: how to begin it, then the editor in the view that was chosen. */
export function NewFlowPage() {
  const { view, part, step, text } = useSearch({ from: '/shell/flows/new' });
  return (
    <Page
      title="New flow"
      parent={
        <Link to="/flows" className="rounded hover:text-ink hover:underline">
          Flows
        </Link>
      }
    >
      {view ? <NewFlow view={view} part={part} step={step} beside={text === 'beside'} /> : <NewFlowStart />}
    </Page>
  );
}

type Props = { view: View; part: Part | undefined; step: string | undefined; beside: boolean };

function NewFlow({ view, part, step, beside }: Props) {
  const navigate = useNavigate({ from: '/flows/new' });
  const create = useCreateFlow();
  const [kept] = useState(readKept);
  return (
    <FlowEditor
      document={starter}
      kept={kept}
      isNew
      view={view}
      part={part}
      step={step}
      beside={beside}
      onShow={(next) => {
        // One of the three steps is a place to come back to; another view of the same is not.
        void navigate({ search: (old) => ({ ...old, ...next }), replace: next.part === undefined });
      }}
      done={create.isSuccess}
      saving={create.isPending ? (create.variables.draft ? 'draft' : 'publish') : undefined}
      error={create.error}
      warnings={[]}
      words={{
        publish: { label: 'Create flow', hint: 'Events accepted from now on start it' },
        draft: { label: 'Create as draft', hint: 'Kept, but nothing starts it before it is published' },
      }}
      onSave={(document, draft) =>
        create.mutate(
          { document, draft },
          {
            onSuccess: (flow) => {
              dropKept();
              adoptKeptTest(flow.id);
              if (draft) say('Draft created', 'Nothing starts it before it is published.');
              else say('The flow is on', 'Calls from now on start it.');
              void navigate({
                to: '/flows/$flowId',
                params: { flowId: flow.id },
                // Who has come by the three steps wants to see it run next.
                search: view === 'wizard' ? (draft ? { view, part } : { tab: 'runs' }) : { view, step },
              });
            },
          },
        )
      }
    />
  );
}

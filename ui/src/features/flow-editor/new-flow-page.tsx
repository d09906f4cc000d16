import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '@/components/page';
import { useCreateFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import { FlowEditor } from './editor';
import { starter } from './starter';

export function NewFlowPage() {
  const navigate = useNavigate({ from: '/flows/new' });
  const { view = 'form', step } = useSearch({ from: '/shell/flows/new' });
  const create = useCreateFlow();
  return (
    <Page
      title="New flow"
      parent={
        <Link to="/flows" className="rounded hover:text-ink hover:underline">
          Flows
        </Link>
      }
    >
      <FlowEditor
        document={starter}
        isNew
        view={view}
        step={step}
        onShow={(next) => void navigate({ search: (old) => ({ ...old, ...next }), replace: true })}
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
                if (draft) say('Draft created', 'Nothing starts it before it is published.');
                else say('Flow created', 'Events accepted from now on match it.');
                void navigate({ to: '/flows/$flowId', params: { flowId: flow.id }, search: { view, step } });
              },
            },
          )
        }
      />
    </Page>
  );
}

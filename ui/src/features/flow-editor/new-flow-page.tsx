import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '@/components/page';
import { useCreateFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import { FlowEditor } from './editor';
import { starter } from './starter';

export function NewFlowPage() {
  const navigate = useNavigate({ from: '/flows/new' });
  const { view = 'form' } = useSearch({ from: '/shell/flows/new' });
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
        onView={(next) => void navigate({ search: { view: next }, replace: true })}
        done={create.isSuccess}
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

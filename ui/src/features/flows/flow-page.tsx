import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge } from '@/components/badge';
import { Failure } from '@/components/failure';
import { IdChip } from '@/components/id-chip';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Tabs } from '@/components/tabs';
import { flowQuery } from '@/lib/server/flows';
import type { Flow } from '@/lib/types';
import { FlowActions } from './flow-actions';
import { FlowRuns } from './flow-runs';
import { VersionList } from './version-list';

/** One flow: its document to read and edit, its versions, its runs. */
export function FlowPage({ editor }: { editor: (flow: Flow) => ReactNode }) {
  const { flowId } = useParams({ from: '/shell/flows/$flowId' });
  const { tab = 'document', version } = useSearch({ from: '/shell/flows/$flowId' });
  const navigate = useNavigate({ from: '/flows/$flowId' });
  const flow = useQuery(flowQuery(flowId));
  const parent = (
    <Link to="/flows" className="rounded hover:text-ink hover:underline">
      Flows
    </Link>
  );
  if (!flow.data) {
    return (
      <Page title="Flow" parent={parent}>
        {flow.isError ? (
          <Failure error={flow.error} what="The flow could not be loaded" retry={() => void flow.refetch()} />
        ) : (
          <Panel>
            <Skeleton rows={8} label="Loading the flow" />
          </Panel>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={flow.data.name}
      parent={parent}
      beside={
        <>
          <Badge tone={flow.data.enabled ? 'ok' : 'off'}>{flow.data.enabled ? 'Enabled' : 'Disabled'}</Badge>
          <Badge>version {flow.data.version}</Badge>
          <IdChip id={flow.data.id} label="Copy flow id" />
        </>
      }
      actions={<FlowActions flow={flow.data} />}
    >
      <div className="-mx-4">
        <Tabs
          label="Parts of the flow"
          value={tab}
          onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
          tabs={[
            {
              value: 'document',
              label: 'Document',
              content: editor(flow.data),
            },
            {
              value: 'versions',
              label: 'Versions',
              content: (
                <VersionList
                  flow={flow.data}
                  shown={version}
                  onShow={(next) =>
                    void navigate({ search: { tab: 'versions', ...(next && { version: next }) } })
                  }
                />
              ),
            },
            { value: 'runs', label: 'Runs', content: <FlowRuns flowId={flowId} /> },
          ]}
        />
      </div>
    </Page>
  );
}

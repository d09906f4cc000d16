import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { Failure } from '@/components/failure';
import { IdChip } from '@/components/id-chip';
import { Notice } from '@/components/notice';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Tabs } from '@/components/tabs';
import { flowQuery } from '@/lib/server/flows';
import { FlowActions } from './flow-actions';
import { FlowDocument } from './flow-document';
import { FlowRuns } from './flow-runs';
import { PausedNotice } from './paused-notice';
import { VersionList } from './version-list';

/** One flow: its document to read and edit, its versions, its runs. */
export function FlowPage() {
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
          {flow.data.paused ? (
            <Badge tone="bad">Paused</Badge>
          ) : (
            <Badge tone={flow.data.enabled ? 'ok' : 'off'}>
              {flow.data.enabled ? 'Enabled' : 'Disabled'}
            </Badge>
          )}
          <Badge>version {flow.data.version}</Badge>
          <IdChip id={flow.data.id} label="Copy flow id" />
        </>
      }
      actions={<FlowActions flow={flow.data} />}
    >
      <PausedNotice key={flow.data.id} flow={flow.data} />
      {flow.data.kept_by && (
        <Notice title="Kept by the notification settings">
          It is changed there alone. A copy of it can be changed freely.{' '}
          <Link to="/settings/notify" className="text-accent hover:underline">
            Notification settings
          </Link>
        </Notice>
      )}
      <div className="-mx-4">
        <Tabs
          label="Parts of the flow"
          value={tab}
          onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
          tabs={[
            {
              value: 'document',
              label: 'Document',
              content: <FlowDocument key={flow.data.version} flow={flow.data} />,
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

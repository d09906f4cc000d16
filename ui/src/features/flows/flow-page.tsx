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
import { Trend } from '@/components/trend';
import { flowQuery, versionQuery } from '@/lib/server/flows';
import type { Flow } from '@/lib/types';
import { DraftNotice } from './draft-notice';
import { FlowActions } from './flow-actions';
import { FlowRuns } from './flow-runs';
import { KeptNotice } from './kept-notice';
import { OffNotice } from './off-notice';
import { PausedNotice } from './paused-notice';
import { VersionList } from './version-list';

/** One flow: its document to read and edit, its versions, its runs. */
export function FlowPage({ editor }: { editor: (flow: Flow) => ReactNode }) {
  const { flowId } = useParams({ from: '/shell/flows/$flowId' });
  const { tab = 'document', ...shown } = useSearch({ from: '/shell/flows/$flowId' });
  const navigate = useNavigate({ from: '/flows/$flowId' });
  const flow = useQuery(flowQuery(flowId));
  const draft = useQuery(versionQuery(flowId, flow.data?.draft ?? null));
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
            <Badge tone={flow.data.enabled ? 'ok' : 'off'}>{flow.data.enabled ? 'On' : 'Off'}</Badge>
          )}
          {flow.data.live !== null && <Badge>version {flow.data.live}</Badge>}
          {flow.data.draft !== null && <Badge tone="live">draft {flow.data.draft}</Badge>}
          <IdChip id={flow.data.id} label="Copy flow id" />
        </>
      }
      actions={<FlowActions flow={flow.data} />}
    >
      {flow.data.draft !== null && <DraftNotice flow={flow.data} draft={flow.data.draft} />}
      {flow.data.draft === null && !flow.data.kept_by && <OffNotice flow={flow.data} />}
      <PausedNotice key={flow.data.id} flow={flow.data} />
      {flow.data.kept_by && <KeptNotice flow={flow.data} settings={flow.data.kept_by} />}
      <Trend of={{ flow: flow.data.id }} />
      <div className="-mx-4">
        <Tabs
          label="Parts of the flow"
          value={tab}
          onChange={(next) =>
            void navigate({
              search: ({ view, part, step }) => ({ tab: next, view, part, step }),
              replace: true,
            })
          }
          tabs={[
            {
              value: 'document',
              label: 'Document',
              content:
                flow.data.draft === null ? (
                  editor(flow.data)
                ) : draft.data ? (
                  editor(draft.data)
                ) : (
                  <Skeleton rows={8} label="Loading the draft" />
                ),
            },
            {
              value: 'versions',
              label: 'Versions',
              content: (
                <VersionList
                  flow={flow.data}
                  shown={shown}
                  onShow={(next) => void navigate({ search: { tab: 'versions', ...next }, replace: true })}
                />
              ),
            },
            {
              value: 'runs',
              label: 'Runs',
              content: <FlowRuns flow={flow.data} />,
            },
          ]}
        />
      </div>
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { CallRecordings } from '@/components/call-recordings';
import { CodeBlock } from '@/components/code-block';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Tabs } from '@/components/tabs';
import { phone } from '@/lib/format';
import { concerns } from '@/lib/live';
import { callQuery } from '@/lib/server/calls';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { CallFacts } from './call-facts';
import { CallRuns } from './call-runs';
import { Conversation } from './conversation';
import { Outcome } from './outcome';
import { toneOf } from './tone';

/** One call: what was said, what happened, which runs it caused. */
export function CallPage() {
  const { callId } = useParams({ from: '/shell/calls/$callId' });
  const { tab = 'conversation' } = useSearch({ from: '/shell/calls/$callId' });
  const navigate = useNavigate({ from: '/calls/$callId' });
  const call = useQuery(callQuery(callId));
  useLiveRefresh(
    ['call', callId],
    (notice) =>
      concerns(notice, 'call', callId) ||
      Boolean(call.data?.runs.some((run) => concerns(notice, 'run', run.id))),
  );

  const parent = (
    <Link to="/calls" className="rounded hover:text-ink hover:underline">
      Calls
    </Link>
  );
  if (!call.data) {
    return (
      <Page title="Call" parent={parent}>
        {call.isError ? (
          <Failure error={call.error} what="The call could not be loaded" retry={() => void call.refetch()} />
        ) : (
          <Panel>
            <Skeleton rows={8} label="Loading the call" />
          </Panel>
        )}
      </Page>
    );
  }
  const { snapshot } = call.data;
  return (
    <Page
      title={`${phone(snapshot.from)} → ${phone(snapshot.to)}`}
      parent={parent}
      beside={
        snapshot.status && (
          <Badge tone={toneOf(snapshot.status)}>{snapshot.status.replaceAll('_', ' ')}</Badge>
        )
      }
    >
      <CallFacts call={call.data} />
      <CallRecordings callId={callId} />
      <div className="grid min-w-0 gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,26rem)] lg:items-start">
        <Panel flush className="max-lg:order-2">
          <Tabs
            label="Parts of the call"
            value={tab}
            onChange={(next) => void navigate({ search: { tab: next }, replace: true, resetScroll: false })}
            tabs={[
              {
                value: 'conversation',
                label: 'Conversation',
                content: <Conversation call={call.data} />,
              },
              {
                value: 'data',
                label: 'All data',
                content: (
                  <CodeBlock
                    text={JSON.stringify(snapshot, null, 2)}
                    json
                    label="Everything known about the call"
                    className="max-h-none"
                  />
                ),
              },
            ]}
          />
        </Panel>
        <div className="flex min-w-0 flex-col gap-4">
          <CallRuns runs={call.data.runs} callId={callId} />
          <Outcome call={call.data} />
        </div>
      </div>
    </Page>
  );
}

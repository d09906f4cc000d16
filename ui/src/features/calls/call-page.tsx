import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { Badge } from '@/components/badge';
import { CallRecordings } from '@/components/call-recordings';
import { CodeBlock } from '@/components/code-block';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Tabs } from '@/components/tabs';
import { parties } from '@/lib/format';
import { concerns } from '@/lib/live';
import { callQuery } from '@/lib/server/calls';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { CallActions } from './call-actions';
import { CallEvents } from './call-events';
import { CallFacts } from './call-facts';
import { CallMessages } from './call-messages';
import { CallRelated } from './call-related';
import { CallRuns } from './call-runs';
import { Conversation } from './conversation';
import { Outcome } from './outcome';
import { toneOf } from './tone';
import { TryFlow } from './try-flow';

/** One call: what was said, what happened, which runs it caused. */
export function CallPage() {
  const { callId } = useParams({ from: '/shell/calls/$callId' });
  const { tab = 'conversation', turn, event } = useSearch({ from: '/shell/calls/$callId' });
  const navigate = useNavigate({ from: '/calls/$callId' });
  const call = useQuery(callQuery(callId));
  const tabs = useRef<HTMLDivElement>(null);
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
  const show = (next: string) => void navigate({ search: { tab: next }, replace: true, resetScroll: false });
  return (
    <Page
      title={parties(call.data)}
      parent={parent}
      beside={
        snapshot.status && (
          <Badge tone={toneOf(snapshot.status)}>{snapshot.status.replaceAll('_', ' ')}</Badge>
        )
      }
      actions={
        <CallActions
          call={call.data}
          onTry={() => {
            show('try');
            // On a telephone the tabs stand below what is known of the call.
            tabs.current?.scrollIntoView({ block: 'nearest' });
          }}
        />
      }
    >
      <CallFacts call={call.data} />
      <div className="grid min-w-0 gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,26rem)] lg:items-start">
        <div ref={tabs} className="flex min-w-0 scroll-mt-14 flex-col gap-4 max-lg:order-2">
          {/* It stays in view while one reads along. */}
          <div className="sticky top-12 z-20 max-h-[40dvh] overflow-y-auto rounded-lg empty:hidden md:top-0">
            <CallRecordings callId={callId} />
          </div>
          <Panel flush>
            <Tabs
              label="Parts of the call"
              value={tab}
              onChange={show}
              tabs={[
                {
                  value: 'conversation',
                  label: 'Conversation',
                  content: <Conversation call={call.data} turn={turn} />,
                },
                { value: 'events', label: 'Events', content: <CallEvents call={call.data} event={event} /> },
                { value: 'messages', label: 'Messages', content: <CallMessages callId={callId} /> },
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
                { value: 'try', label: 'Try a flow', content: <TryFlow callId={call.data.id} /> },
              ]}
            />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4 *:shrink-0 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto">
          <CallRuns runs={call.data.runs} callId={callId} />
          <CallRelated related={call.data.related} />
          <Outcome call={call.data} />
        </div>
      </div>
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { inspectorQuery } from '@/lib/server/inspector';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { ReceivedList } from './received-list';
import { ReceivedView } from './received-view';

/** What the demo's built-in receiver got: the other end of a webhook, with its signature checked. */
export function InspectorPage() {
  const { message } = useSearch({ from: '/shell/inspector' });
  const navigate = useNavigate({ from: '/inspector' });
  const received = useQuery(inspectorQuery());
  useLiveRefresh(['inspector'], ({ topic }) => topic === 'entry' || topic === 'run');

  const list = received.data;
  const selected = Array.isArray(list) ? (list.find((each) => each.id === message) ?? list[0]) : undefined;
  return (
    <Page
      title="Inspector"
      description="A receiver built into the demo. It shows what a flow’s webhook delivers, byte by byte, and whether the signature is right."
    >
      {received.isError ? (
        <Failure
          error={received.error}
          what="What was received could not be loaded"
          retry={() => void received.refetch()}
        />
      ) : !list ? (
        <Panel>
          <Skeleton />
        </Panel>
      ) : list === 'absent' ? (
        <Panel>
          <Empty icon={<Inbox />} title="Only in the demo">
            The receiver is there when the server is started with{' '}
            <code className="font-mono text-xs">--demo</code>. To see what a flow sends, open one of its runs:
            each attempt shows the exact request.
          </Empty>
        </Panel>
      ) : !selected ? (
        <Panel>
          <Empty icon={<Inbox />} title="Nothing received yet">
            Send a webhook to the inspector from a flow. A rehearsal call does it:{' '}
            <code className="font-mono text-xs">
              switchhook simulate --provider vapi --scenario interested
            </code>
          </Empty>
        </Panel>
      ) : (
        <div className="grid min-w-0 gap-4 lg:grid-cols-[minmax(16rem,22rem)_minmax(0,1fr)] lg:items-start">
          <ReceivedList
            list={list}
            selected={selected.id}
            onSelect={(id) => void navigate({ search: { message: id }, replace: true, resetScroll: false })}
          />
          <ReceivedView received={selected} />
        </div>
      )}
    </Page>
  );
}

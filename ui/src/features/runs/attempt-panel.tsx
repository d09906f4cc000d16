import { Link } from '@tanstack/react-router';
import { MousePointerClick } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { CopyCurl } from '@/components/copy-curl';
import { Empty } from '@/components/empty';
import { MessageView } from '@/components/message-view';
import { Panel } from '@/components/panel';
import { RequestView } from '@/components/request-view';
import { Skeleton } from '@/components/skeleton';
import { type Tab, Tabs } from '@/components/tabs';
import { Time } from '@/components/time';
import { duration } from '@/lib/format';
import type { Entry } from '@/lib/types';
import { AttemptNotes } from './attempt-notes';
import { ResultView } from './result-view';
import { stepName } from './step-name';
import { TimingTable } from './timing-table';
import { spanOf } from './waterfall';

type Props = {
  entry: Entry | undefined;
  loading: boolean;
  /** The run in whose journal it stands, where that is not the one of the page. */
  within?: string | undefined;
  /** What can be done with it. */
  actions: ReactNode;
  tab: string | undefined;
  onTab: (tab: string) => void;
};

/** Everything about one attempt: what was sent, what came back, where the time went. */
export function AttemptPanel({ entry, loading, within, actions, tab, onTab }: Props) {
  if (!entry && loading) {
    return (
      <Panel title="Attempt">
        <Skeleton rows={6} label="Loading the attempt" />
      </Panel>
    );
  }
  if (!entry) {
    return (
      <Panel title="Attempt">
        <Empty icon={<MousePointerClick />} title="No attempt yet">
          Choose a bar of the timeline to see what was sent and what came back.
        </Empty>
      </Panel>
    );
  }
  const { from, to } = spanOf(entry);
  const tabs = tabsOf(entry);
  const current = tabs.some((each) => each.value === tab)
    ? (tab as string)
    : entry.result === 'failed' && entry.exchange?.response
      ? 'response'
      : (tabs[0]?.value ?? 'result');
  return (
    <Panel
      flush
      title={
        <span className="flex flex-wrap items-center gap-2">
          {stepName(entry)}
          <Badge mono>{entry.action ?? entry.kind}</Badge>
          <span className="font-normal text-ink-mute">
            attempt {entry.attempt} · {duration(to - from)} · <Time at={entry.started_at} />
          </span>
        </span>
      }
      actions={
        <>
          {within && (
            <Link
              to="/runs/$runId"
              params={{ runId: within }}
              search={{ entry: entry.number }}
              className={buttonClass('quiet', 'sm')}
            >
              Open its run
            </Link>
          )}
          {entry.exchange && <CopyCurl request={entry.exchange.request} />}
          {actions}
        </>
      }
    >
      <AttemptNotes entry={entry} />
      <Tabs label="Parts of the attempt" tabs={tabs} value={current} onChange={onTab} />
    </Panel>
  );
}

function tabsOf(entry: Entry): Tab[] {
  const { exchange } = entry;
  const result: Tab = { value: 'result', label: 'Result', content: <ResultView entry={entry} /> };
  const timing: Tab = { value: 'timing', label: 'Timing', content: <TimingTable entry={entry} /> };
  if (!exchange) return [result, timing];
  const { request, response } = exchange;
  const answered = (
    <>
      Response{' '}
      {response && response.status > 0 && (
        <span className={response.status < 400 ? 'text-ok' : 'text-bad'}>{response.status}</span>
      )}
    </>
  );
  const tabs: Tab[] = [
    {
      value: 'request',
      label: request.method === 'MAIL' ? 'Mail' : 'Request',
      content: (
        <RequestView
          action={entry.action}
          request={request}
          line={
            <>
              <b>{request.method}</b> {request.url}
            </>
          }
        />
      ),
    },
    {
      value: 'response',
      label: answered,
      content: response ? (
        <MessageView
          what="response"
          line={
            <b>
              {protocolOf(request.url)} {response.status || 'answered'}
            </b>
          }
          message={response}
        />
      ) : (
        <p className="text-ink-soft">No response came back. {entry.error?.message}</p>
      ),
    },
    timing,
  ];
  return entry.detail ? [...tabs, result] : tabs;
}

/** Mails, code and statements are no requests, and their answers no HTTP. */
function protocolOf(url: string): string {
  if (/^(postgres|mysql|sqlite):/.test(url)) return 'SQL';
  if (url.startsWith('code:')) return 'JavaScript';
  return url.startsWith('smtp:') ? 'SMTP' : 'HTTP';
}

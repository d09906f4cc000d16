import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Time } from '@/components/time';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import type { Arrival } from '@/lib/types';
import { VerdictBadge } from './verdict-badge';

type Props = { messages: UseQueryResult<Arrival[]>; endpointId: string; selected: string | undefined };

/** The last messages and what was made of each; new ones appear by themselves. */
export function ArrivalList({ messages, endpointId, selected }: Props) {
  return (
    <Panel flush title="Last messages">
      {messages.isError && !messages.data ? (
        <div className="p-4">
          <Failure
            error={messages.error}
            what="The messages could not be loaded"
            retry={() => void messages.refetch()}
          />
        </div>
      ) : !messages.data ? (
        <Skeleton rows={3} label="Loading the messages" />
      ) : messages.data.length === 0 ? (
        <Empty icon={<Inbox />} title="Nothing has come in">
          Messages appear here as they arrive, also those that are refused: what each said, what was made of
          it, and what to do. The last 50 are kept.
        </Empty>
      ) : (
        <ul aria-label="Last messages" className="max-h-96 divide-y divide-line overflow-y-auto">
          {messages.data.map((message) => (
            <li key={message.id}>
              <Link
                to="/endpoints/$endpointId"
                params={{ endpointId }}
                search={{ message: message.id }}
                replace
                resetScroll={false}
                aria-current={message.id === selected || undefined}
                className={classes(
                  'block px-4 py-2 outline-offset-[-2px] hover:bg-inset',
                  message.id === selected && 'bg-inset',
                )}
              >
                <Row message={message} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ message }: { message: Arrival }) {
  return (
    <>
      <span className="flex items-center justify-between gap-2">
        <span className="flex min-w-0 items-center gap-2">
          <VerdictBadge verdict={message.verdict} />
          <span className="truncate font-mono text-xs">{message.provider_event}</span>
        </span>
        <span className="text-xs text-ink-mute">
          <Time at={message.at} />
        </span>
      </span>
      {message.reason && <span className="block text-xs break-words text-bad">{message.reason}</span>}
      {message.verdict === 'accepted' && (
        <span className="block text-xs text-ink-mute">
          {message.runs > 0
            ? plural(message.runs, 'run')
            : message.event_id
              ? 'no flow started'
              : 'nothing new of the call'}
        </span>
      )}
    </>
  );
}

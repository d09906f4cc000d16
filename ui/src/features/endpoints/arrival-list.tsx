import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import type { Tone } from '@/components/status';
import { Time } from '@/components/time';
import { plural } from '@/lib/format';
import type { Arrival } from '@/lib/types';

const words: Record<Arrival['verdict'], [Tone, string]> = {
  accepted: ['ok', 'accepted'],
  duplicate: ['off', 'duplicate'],
  nothing: ['off', 'says nothing'],
  refused: ['bad', 'refused'],
};

/** The last messages and what was made of each; new ones appear by themselves. */
export function ArrivalList({ messages }: { messages: UseQueryResult<Arrival[]> }) {
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
        <Skeleton rows={3} />
      ) : messages.data.length === 0 ? (
        <Empty icon={<Inbox />} title="Nothing has come in">
          Messages appear here as they arrive, with what was made of each. The list begins anew when the
          server does; what was accepted is under Calls.
        </Empty>
      ) : (
        <ul aria-label="Last messages" className="max-h-96 divide-y divide-line overflow-y-auto">
          {messages.data.map((message, i) => (
            <Row key={`${message.at}-${i}`} message={message} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ message }: { message: Arrival }) {
  const [tone, word] = words[message.verdict];
  const text = (
    <>
      <span className="flex items-center justify-between gap-2">
        <span className="flex min-w-0 items-center gap-2">
          <Badge tone={tone}>{word}</Badge>
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
  return (
    <li>
      {message.call_id ? (
        <Link
          to="/calls/$callId"
          params={{ callId: message.call_id }}
          search={{}}
          className="block px-4 py-2 outline-offset-[-2px] hover:bg-inset"
        >
          {text}
        </Link>
      ) : (
        <div className="px-4 py-2">{text}</div>
      )}
    </li>
  );
}

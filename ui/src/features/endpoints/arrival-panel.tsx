import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FlaskConical, MousePointerClick, Phone } from 'lucide-react';
import { buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Facts } from '@/components/facts';
import { Failure } from '@/components/failure';
import { HeaderList } from '@/components/header-list';
import { MessageView } from '@/components/message-view';
import { Notice } from '@/components/notice';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Time } from '@/components/time';
import { endpointMessageQuery } from '@/lib/server/endpoints';
import type { Endpoint, EndpointMessage } from '@/lib/types';
import { VerdictBadge } from './verdict-badge';

/** One message as it came, what it was answered with, and what to do about it. */
export function ArrivalPanel({ endpoint, selected }: { endpoint: Endpoint; selected: string | undefined }) {
  const message = useQuery({
    ...endpointMessageQuery(endpoint.id, selected ?? ''),
    enabled: selected !== undefined,
  });
  if (!selected) {
    return (
      <Panel title="Message">
        <Empty icon={<MousePointerClick />} title="Choose a message">
          Its headers and its body as they came, how it was answered, and what to do about a refusal.
        </Empty>
      </Panel>
    );
  }
  return (
    <Panel title="Message" actions={message.data && <Ways endpoint={endpoint} message={message.data} />}>
      {message.data ? (
        <Shown message={message.data} />
      ) : message.isError ? (
        <Failure
          error={message.error}
          what="The message could not be loaded"
          retry={() => void message.refetch()}
        />
      ) : (
        <Skeleton rows={6} label="Loading the message" />
      )}
    </Panel>
  );
}

/** Where one goes on with it. */
function Ways({ endpoint, message }: { endpoint: Endpoint; message: EndpointMessage }) {
  return (
    <>
      {message.call_id && (
        <Link
          to="/calls/$callId"
          params={{ callId: message.call_id }}
          search={{ tab: 'messages' }}
          className={buttonClass('plain', 'sm')}
        >
          <Phone aria-hidden="true" />
          Open the call
        </Link>
      )}
      {message.request?.body && !message.request.cut && (
        <Link
          to="/developers/test"
          search={{ provider: endpoint.provider, endpoint: endpoint.id, message: message.id }}
          className={buttonClass('plain', 'sm')}
        >
          <FlaskConical aria-hidden="true" />
          Open in the event tester
        </Link>
      )}
    </>
  );
}

function Shown({ message }: { message: EndpointMessage }) {
  const { request } = message;
  return (
    <div className="flex flex-col gap-4">
      {message.reason && (
        <Notice tone="bad" title={message.reason}>
          {message.remedy?.replaceAll('`', '')}
        </Notice>
      )}
      <Facts
        facts={[
          ['Verdict', <VerdictBadge key="verdict" verdict={message.verdict} />],
          ['Message', message.provider_event],
          ['Came in', <Time key="at" at={message.at} />],
          ['Answered', message.status === null ? null : String(message.status)],
          ['Code', message.code],
        ]}
      />
      {!request ? (
        <p className="text-ink-mute">
          Its headers and body are not kept: too much came in at once, or larger messages took their room.
        </p>
      ) : request.body == null ? (
        <>
          <HeaderList headers={request.headers} />
          <p className="text-ink-mute">Its body is among the messages of its call.</p>
        </>
      ) : (
        <MessageView
          what="message"
          line={`${request.method}${request.query ? ` ?${request.query}` : ''}`}
          message={{ headers: request.headers, body: request.body, truncated: request.cut }}
        />
      )}
    </div>
  );
}

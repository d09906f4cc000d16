import { MessageView } from '@/components/message-view';
import { Panel } from '@/components/panel';
import { Time } from '@/components/time';
import type { Received } from '@/lib/server/inspector';
import { Signature } from './signature';

export function ReceivedView({ received }: { received: Received }) {
  return (
    <Panel
      title={
        <span className="font-normal text-ink-mute">
          Received <Time at={received.received_at} />, answered {received.status}
        </span>
      }
      actions={<Signature signature={received.signature} />}
    >
      <MessageView
        what="request"
        line={
          <>
            <b>{received.method}</b> {received.path}
          </>
        }
        message={received}
      />
    </Panel>
  );
}

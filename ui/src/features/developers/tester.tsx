import { useNavigate } from '@tanstack/react-router';
import { FlaskConical, Search, Send } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { JsonEditor } from '@/components/json-editor';
import { Panel } from '@/components/panel';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { useCheckMessage, useSendMessage } from '@/lib/server/providers';
import { say } from '@/lib/toasts';
import type { EndpointMessage, ProviderMessage, ProviderSample } from '@/lib/types';
import { CheckedMessage } from './checked-message';
import { PlainEditor } from './plain-editor';

type Props = {
  provider: string;
  sample?: ProviderSample | undefined;
  /** A message that came in at an endpoint, instead of a sample. */
  kept?: EndpointMessage;
};

/** The message itself, and what would come of it. */
export function Tester({ provider, sample, kept }: Props) {
  const { why } = useMay('write');
  const [body, setBody] = useState(kept?.request?.body ?? sample?.body ?? '');
  const [newCall, setNewCall] = useState(true);
  const check = useCheckMessage();
  const send = useSendMessage();
  const navigate = useNavigate();
  const told = kept?.request?.headers.find(([name]) => name === 'content-type')?.[1];
  const type = told ?? sample?.content_type ?? 'application/json';
  const isJson = type.includes('json');
  const message: ProviderMessage = { headers: { 'content-type': type }, body, new_call: newCall };

  const look = () => check.mutate({ name: provider, message });
  const sendNow = () =>
    send.mutate(
      { name: provider, message },
      {
        onSuccess: ({ events }) => {
          const first = events[0];
          if (!first) return say('Taken in', 'The message says nothing of a call.');
          const runs = events.reduce((sum, event) => sum + event.runs.length, 0);
          if (events.every((event) => event.duplicate)) {
            say('Sent, and known already', 'The same message was taken in before: nothing was done again.');
          } else {
            say('Sent', runs === 0 ? 'No flow matched it.' : `It caused ${plural(runs, 'run')}.`);
          }
          void navigate({ to: '/calls/$callId', params: { callId: first.call_id }, search: {} });
        },
      },
    );
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Panel
        flush
        title="Message"
        actions={
          <>
            <Button size="sm" icon={<Search aria-hidden="true" />} busy={check.isPending} onClick={look}>
              Check
            </Button>
            <Button
              size="sm"
              look="primary"
              icon={<Send aria-hidden="true" />}
              why={why}
              busy={send.isPending}
              onClick={sendNow}
            >
              Send
            </Button>
          </>
        }
      >
        {isJson ? (
          <JsonEditor label="Message" value={body} onChange={setBody} onSave={look} tall />
        ) : (
          <PlainEditor label="Message" value={body} onChange={setBody} />
        )}
        <div className="flex flex-col gap-2 border-t border-line px-4 py-3">
          <label className="flex items-start gap-2">
            <input
              type="checkbox"
              className="mt-1"
              checked={newCall}
              onChange={(event) => setNewCall(event.target.checked)}
            />
            <span>
              About a call of its own
              <span className="block text-xs text-ink-mute">
                The call’s id is replaced by one that begins with “test-” (or a number), so that it is never
                taken for a message that was here before.
              </span>
            </span>
          </label>
          {kept && (
            <p className="text-xs text-ink-mute">
              Of an endpoint’s last messages; what proved its sender is masked.
            </p>
          )}
          {sample && (
            <p className="text-xs text-ink-mute">
              {sample.event}, which tells of {sample.kinds.join(', ')} · {sample.content_type} ·{' '}
              {sample.origin}: {sample.source}
            </p>
          )}
        </div>
      </Panel>
      <Panel title="What would happen">
        <div className="flex flex-col gap-4">
          {send.isError && <Failure error={send.error} what="The message was not sent" />}
          {check.isError && <Failure error={check.error} what="The message could not be checked" />}
          {check.data ? (
            <CheckedMessage checked={check.data} />
          ) : (
            !check.isError && (
              <Empty icon={<FlaskConical />} title="Not looked at yet">
                “Check” reads the message and tries every flow out that it would start. Nothing is stored or
                sent. “Send” takes it in as if the platform had sent it: flows do what they say.
              </Empty>
            )
          )}
        </div>
      </Panel>
    </div>
  );
}

import type { ReactNode } from 'react';
import { mailOf, type Shown, textMessageOf } from '@/lib/sent';
import { MailView } from './mail-view';
import { MessageView } from './message-view';
import { TextMessageView } from './text-message-view';

type Props = {
  action: string | null | undefined;
  request: Shown & { truncated?: boolean | null };
  line: ReactNode;
};

/** What was sent, or would be: a mail as a mail, a text as a text, anything else as the request that it is. */
export function RequestView({ action, request, line }: Props) {
  const mail = mailOf(request);
  if (mail) return <MailView mail={mail} />;
  const message = textMessageOf(action, request);
  return (
    <div className="flex flex-col gap-4">
      {message && <TextMessageView message={message} />}
      <MessageView what="request" line={line} message={request} />
    </div>
  );
}

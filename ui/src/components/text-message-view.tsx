import { plural } from '@/lib/format';
import type { TextMessage } from '@/lib/sent';

/** A text message as it stands on a telephone. */
export function TextMessageView({ message }: { message: TextMessage }) {
  return (
    <section aria-label="The text message" className="flex flex-col gap-2">
      <p className="text-ink-soft">
        To <b className="font-medium text-ink">{message.to}</b>
        {message.from && (
          <>
            {' '}
            from <b className="font-medium text-ink">{message.from}</b>
          </>
        )}
      </p>
      <p className="max-w-80 self-start rounded-2xl rounded-bl-sm bg-accent-soft px-3.5 py-2 break-words whitespace-pre-wrap">
        {message.text}
      </p>
      {message.segments !== undefined && (
        <p className="text-xs text-ink-mute">{plural(message.segments, 'segment')}</p>
      )}
    </section>
  );
}

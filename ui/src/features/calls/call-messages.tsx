import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { JsonText } from '@/components/json-text';
import { LoadMore } from '@/components/load-more';
import { Skeleton } from '@/components/skeleton';
import { Time } from '@/components/time';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import { type CallMessage, callMessagesQuery } from '@/lib/server/calls';

/** What the platform sent about the call, message by message. */
export function CallMessages({ callId }: { callId: string }) {
  const list = useInfiniteQuery(callMessagesQuery(callId));
  if (list.isError && !list.data) {
    return (
      <Failure error={list.error} what="The messages could not be loaded" retry={() => void list.refetch()} />
    );
  }
  if (!list.data) return <Skeleton label="Loading the messages" />;
  if (list.data.length === 0) {
    return <Empty title="No message is kept">Messages are removed after the retention time.</Empty>;
  }
  return (
    <div className="-m-4">
      <ul aria-label="Messages" className="divide-y divide-line">
        {list.data.map((message, i) => (
          <li key={message.id}>
            <Message message={message} startsOpen={i === 0} />
          </li>
        ))}
      </ul>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
        shown={plural(list.data.length, 'message')}
      />
    </div>
  );
}

function Message({ message, startsOpen }: { message: CallMessage; startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  const { raw } = message;
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-10 w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-left outline-offset-[-2px] hover:bg-inset"
      >
        <ChevronRight
          aria-hidden="true"
          className={classes('size-3.5 text-ink-mute transition-transform', open && 'rotate-90')}
        />
        <Badge mono>{message.provider_event}</Badge>
        <span className="text-ink-soft">{message.provider}</span>
        <span className="ml-auto text-ink-soft">
          <Time at={message.received_at} />
        </span>
      </button>
      {open && (
        <div className="flex flex-col gap-2 px-4 pb-4">
          {raw === null ? (
            <p className="text-ink-mute">The payload was removed after the retention time.</p>
          ) : (
            <JsonText text={raw} label={`Message ${message.provider_event}`} />
          )}
        </div>
      )}
    </>
  );
}

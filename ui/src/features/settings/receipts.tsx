import { useInfiniteQuery } from '@tanstack/react-query';
import { FileCheck } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { IdChip } from '@/components/id-chip';
import { LoadMore } from '@/components/load-more';
import { Skeleton } from '@/components/skeleton';
import { Time } from '@/components/time';
import { count } from '@/lib/format';
import { type Receipt, receiptsQuery } from '@/lib/server/privacy';
import { inWords } from './kinds';

/** What was forgotten, when and by whom; of the numbers there is a hash alone. */
export function Receipts() {
  const receipts = useInfiniteQuery(receiptsQuery());
  if (receipts.isError) {
    return (
      <div className="p-4">
        <Failure
          error={receipts.error}
          what="The receipts could not be loaded"
          retry={() => void receipts.refetch()}
        />
      </div>
    );
  }
  if (!receipts.data) {
    return (
      <div className="p-4">
        <Skeleton rows={3} label="Loading the receipts" />
      </div>
    );
  }
  if (receipts.data.length === 0) {
    return (
      <Empty icon={<FileCheck />} title="No number was forgotten yet">
        When somebody asks to be forgotten, enter their number above. What was removed stays here as a
        receipt, without the number.
      </Empty>
    );
  }
  return (
    <>
      <ul aria-label="Receipts" className="divide-y divide-line">
        {receipts.data.map((receipt) => (
          <li key={receipt.id} data-row className="flex flex-col gap-1 px-4 py-3">
            <Head receipt={receipt} />
            <p className="text-ink-soft">
              {inWords(receipt.removed).join(', ') || 'There was nothing about it.'}
            </p>
            {receipt.waits_for && <p className="text-xs text-ink-mute">Waits: {receipt.waits_for}</p>}
          </li>
        ))}
      </ul>
      <LoadMore
        more={receipts.hasNextPage}
        busy={receipts.isFetchingNextPage}
        onMore={() => void receipts.fetchNextPage()}
        shown={count(receipts.data.length)}
      />
    </>
  );
}

function Head({ receipt }: { receipt: Receipt }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge tone={receipt.done_at ? 'ok' : 'wait'}>{receipt.done_at ? 'done' : 'at work'}</Badge>
      <Time at={receipt.done_at ?? receipt.asked_at} />
      <span className="text-xs text-ink-mute">asked for by {receipt.by}</span>
      <IdChip id={receipt.id} label="Copy the receipt’s id" />
      <span className="text-xs text-ink-mute" title={receipt.number_hash}>
        number’s hash {receipt.number_hash.slice(0, 12)}…
      </span>
    </div>
  );
}

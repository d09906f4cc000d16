import type { Ref } from 'react';
import { Rows, type RowsHandle } from '@/components/rows';
import type { DeliveryRow } from '@/lib/server/deliveries';
import { DeliveryLine } from './delivery-line';
import type { DeliverySearch } from './filter';

type Props = {
  rows: DeliveryRow[];
  /** What the URL says beside the attempt that is opened. */
  search: DeliverySearch;
  /** The attempt that is open. */
  open?: string | undefined;
  fresh?: Set<string>;
  more?: boolean;
  onEnd?: () => void;
  ref?: Ref<RowsHandle>;
};

/** One row per attempt; each opens it beside the list. */
export function DeliveryList({ rows, search, open, fresh, more = false, onEnd, ref }: Props) {
  return (
    <Rows
      ref={ref}
      label="Deliveries"
      keys
      count={rows.length}
      more={more}
      {...(onEnd && { onEnd })}
      height={57}
      keyOf={(index) => rows[index]?.id ?? index}
      className="@container divide-y divide-line"
      rowClass={(index) => {
        const id = rows[index]?.id ?? '';
        return id === open ? 'bg-selected' : fresh?.has(id) && 'bg-accent-soft';
      }}
      row={(index) => {
        const row = rows[index];
        return row && <DeliveryLine row={row} search={search} />;
      }}
    />
  );
}

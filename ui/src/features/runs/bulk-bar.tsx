import { Ban, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import type { Which } from '@/lib/server/runs';
import { CancelDialog } from './cancel-dialog';
import { ReplayDialog } from './replay-dialog';

type Props = {
  selected: ReadonlySet<string>;
  onClear: () => void;
  /** What the list is filtered by, as the API takes it; all runs together are never meant. */
  filter: Extract<Which, { filter: unknown }> | undefined;
};

/** Replay and cancel for the runs that are selected, or for all that the filters find. */
export function BulkBar({ selected, onClear, filter }: Props) {
  const [open, setOpen] = useState<'replay' | 'cancel'>();
  const which: Which | undefined = selected.size > 0 ? { runs: [...selected] } : filter;
  const words =
    selected.size > 0
      ? `${plural(selected.size, 'run')} selected`
      : filter
        ? 'All that match the filters'
        : 'Nothing selected';
  const may = useMay('operate').why;
  const why = may ?? (which ? undefined : 'Select runs, or filter the list');
  return (
    <div
      role="toolbar"
      aria-label="Many runs at once"
      className="sticky top-12 z-20 flex items-center gap-2 border-b border-line bg-raised px-4 py-1.5 md:top-0"
    >
      <span className="min-w-0 flex-1 truncate text-ink-soft">{words}</span>
      <Button size="sm" why={why} icon={<RotateCcw aria-hidden="true" />} onClick={() => setOpen('replay')}>
        Replay …
      </Button>
      <Button
        size="sm"
        look="danger"
        why={why}
        icon={<Ban aria-hidden="true" />}
        onClick={() => setOpen('cancel')}
      >
        Cancel …
      </Button>
      {selected.size > 0 && (
        <Button size="sm" look="quiet" onClick={onClear}>
          Clear
        </Button>
      )}
      {which && (
        <>
          <ReplayDialog
            open={open === 'replay'}
            onClose={() => setOpen(undefined)}
            which={which}
            title={selected.size > 0 ? `Replay ${plural(selected.size, 'run')}` : 'Replay all that match'}
            onDone={onClear}
          />
          <CancelDialog
            open={open === 'cancel'}
            onClose={() => setOpen(undefined)}
            which={which}
            onDone={onClear}
          />
        </>
      )}
    </div>
  );
}

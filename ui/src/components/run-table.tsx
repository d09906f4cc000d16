import type { RunRow } from '@/lib/types';
import { Rows } from './rows';
import { RunLine, type Selection } from './run-line';

type Props = {
  runs: RunRow[];
  label: string;
  hideFlow?: boolean;
  fresh?: Set<string>;
  more?: boolean;
  onEnd?: () => void;
  selection?: Selection;
  /** The filter of the list, which a run that is opened stays among. */
  list?: Record<string, string>;
};

/** Runs, newest first: each row is one link; the arrow keys move between them, `x` selects where that is offered. */
export function RunTable({
  runs,
  label,
  hideFlow = false,
  fresh,
  more = false,
  onEnd,
  selection,
  list,
}: Props) {
  return (
    <Rows
      label={label}
      keys
      count={runs.length}
      more={more}
      {...(onEnd && { onEnd })}
      height={53}
      keyOf={(index) => runs[index]?.id ?? index}
      className="@container divide-y divide-line"
      rowClass={(index) => fresh?.has(runs[index]?.id ?? '') && 'bg-accent-soft'}
      row={(index) => {
        const run = runs[index];
        return run && <RunLine run={run} hideFlow={hideFlow} selection={selection} list={list} />;
      }}
    />
  );
}

import { Workflow } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Empty } from '@/components/empty';
import { Panel } from '@/components/panel';
import { Rows, type RowsHandle } from '@/components/rows';
import { rowStep } from '@/lib/rows';
import { toMicros } from '@/lib/time';
import type { Run } from '@/lib/types';
import { Legend } from './legend';
import { NextAttempt } from './next-attempt';
import { phasesOf } from './phases';
import { placeLabels } from './place-labels';
import { TimeAxis } from './time-axis';
import { layOut } from './waterfall';
import { WaterfallRow } from './waterfall-row';

/** More gaps than these are not drawn in every row. */
const GAPS = 40;

type Props = {
  run: Run;
  selected: number | undefined;
  onSelect: (entry: number) => void;
  /** The choice of how the run is shown. */
  views: ReactNode;
};

/** All attempts of a run on one time axis; the arrow keys choose one. */
export function WaterfallPanel({ run, selected, onSelect, views }: Props) {
  const rows = useRef<RowsHandle>(null);
  const { bars, gaps, ticks } = useMemo(() => layOut(run.entries, toMicros(run.started_at)), [run]);
  const labels = useMemo(() => placeLabels(bars, gaps), [bars, gaps]);
  const names = useMemo(() => new Set(bars.flatMap((bar) => phasesOf(bar).map(({ name }) => name))), [bars]);

  const at = bars.findIndex((bar) => bar.entry.number === selected);
  const press = (event: KeyboardEvent) => {
    const next = rowStep(event, at, bars.length);
    const bar = next === undefined ? undefined : bars[next];
    if (next === undefined || !bar) return;
    event.preventDefault();
    onSelect(bar.entry.number);
    rows.current?.focus(next);
  };
  // A long run opens at the attempt that it is read for.
  const first = useRef(at);
  useEffect(() => {
    if (first.current > 20) rows.current?.show(first.current);
  }, []);

  return (
    <Panel
      flush
      title="Timeline"
      actions={
        <>
          <Legend names={names} />
          {views}
        </>
      }
    >
      {bars.length === 0 ? (
        <Empty icon={<Workflow />} title={run.ended_at ? 'The journal is gone' : 'No step has ended yet'}>
          {run.ended_at
            ? 'Attempts are kept for a time and then removed; how the run ended stays.'
            : 'The first attempt appears here as soon as it is over.'}
        </Empty>
      ) : (
        <div className="relative">
          <TimeAxis ticks={ticks} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the list in it */}
          <div onKeyDown={press} className="py-1">
            <Rows
              ref={rows}
              options
              label="Attempts"
              count={bars.length}
              height={32}
              keyOf={(i) => bars[i]?.entry.number ?? i}
              row={(i) => {
                const bar = bars[i];
                if (!bar) return null;
                const { number } = bar.entry;
                return (
                  <WaterfallRow
                    bar={bar}
                    gaps={gaps.length > GAPS ? [] : gaps}
                    label={labels.get(i)}
                    selected={number === selected}
                    onSelect={() => onSelect(number)}
                    position={i + 1}
                    of={bars.length}
                  />
                );
              }}
            />
          </div>
        </div>
      )}
      <NextAttempt run={run} />
    </Panel>
  );
}

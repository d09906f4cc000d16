import { Workflow } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react';
import { Empty } from '@/components/empty';
import { Panel } from '@/components/panel';
import { toMicros } from '@/lib/time';
import type { Run } from '@/lib/types';
import { Legend } from './legend';
import { NextAttempt } from './next-attempt';
import { phasesOf } from './phases';
import { placeLabels } from './place-labels';
import { TimeAxis } from './time-axis';
import { layOut } from './waterfall';
import { WaterfallRow } from './waterfall-row';

type Props = {
  run: Run;
  selected: number | undefined;
  onSelect: (entry: number) => void;
  /** The choice of how the run is shown. */
  views: ReactNode;
};

/** All attempts of a run on one time axis; the arrow keys choose one. */
export function WaterfallPanel({ run, selected, onSelect, views }: Props) {
  const rows = useRef<HTMLDivElement>(null);
  const { bars, gaps, ticks } = useMemo(() => layOut(run.entries, toMicros(run.started_at)), [run]);
  const labels = useMemo(() => placeLabels(bars, gaps), [bars, gaps]);
  const names = useMemo(() => new Set(bars.flatMap((bar) => phasesOf(bar).map(({ name }) => name))), [bars]);

  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const next = step && bars[bars.findIndex((bar) => bar.entry.number === selected) + step];
    if (!next) return;
    event.preventDefault();
    onSelect(next.entry.number);
    rows.current?.querySelector<HTMLElement>(`[data-entry="${next.entry.number}"]`)?.focus();
  };

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
          <div ref={rows} role="listbox" aria-label="Attempts" onKeyDown={press} className="py-1">
            {bars.map((bar, i) => (
              <WaterfallRow
                key={bar.entry.number}
                bar={bar}
                gaps={gaps}
                label={labels.get(i)}
                selected={bar.entry.number === selected}
                onSelect={() => onSelect(bar.entry.number)}
              />
            ))}
          </div>
        </div>
      )}
      <NextAttempt run={run} />
    </Panel>
  );
}

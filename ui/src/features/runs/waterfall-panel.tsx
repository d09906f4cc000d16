import { Link } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Empty } from '@/components/empty';
import { Panel } from '@/components/panel';
import { Rows, type RowsHandle } from '@/components/rows';
import { Skeleton } from '@/components/skeleton';
import { rowStep } from '@/lib/rows';
import { toMicros } from '@/lib/time';
import type { Run } from '@/lib/types';
import { useNow } from '@/lib/use-now';
import { Legend } from './legend';
import { NextAttempt } from './next-attempt';
import { phasesOf } from './phases';
import { placeLabels } from './place-labels';
import { TimeAxis } from './time-axis';
import { type Row, treeOf } from './tree';
import type { useTree } from './use-tree';
import { layOut } from './waterfall';
import { WaterfallRow } from './waterfall-row';

/** More gaps than these are not drawn in every row. */
const GAPS = 40;

type Props = {
  run: Run;
  tree: ReturnType<typeof useTree>;
  onlyFailed: boolean;
  onOnlyFailed: (only: boolean) => void;
  onSelect: (run: string, entry: number | undefined) => void;
  /** The choice of how the run is shown. */
  views: ReactNode;
};

/** All attempts of a run and of its parts on one time axis; the arrow keys choose one, and fold what holds some. */
export function WaterfallPanel({ run, tree, onlyFailed, onOnlyFailed, onSelect, views }: Props) {
  const list = useRef<RowsHandle>(null);
  const { look, folds, chain, selected } = tree;
  const now = useNow(2000, !run.ended_at);
  const { bars, gaps, ticks, labels, names } = useMemo(() => {
    const rows = treeOf(run.id, { look, folds, chain, onlyFailed, now });
    const laid = layOut(rows, toMicros(run.started_at));
    const names = laid.bars.flatMap((bar) =>
      bar.entry && bar.fold === undefined
        ? phasesOf({ ...bar, entry: bar.entry }).map(({ name }) => name)
        : [],
    );
    return { ...laid, labels: placeLabels(laid.bars, laid.gaps), names: new Set(names) };
  }, [run, look, folds, chain, onlyFailed, now]);

  const attempt = bars.findIndex(
    ({ entry }) => entry && entry.run === selected?.run && entry.number === selected.number,
  );
  const at = attempt >= 0 ? attempt : bars.findIndex((bar) => bar.key === tree.run);
  const choose = (row: Row) => {
    if (row.fold === false) tree.fold(row.key, true);
    onSelect(row.run, row.entry?.number);
  };
  const press = (event: KeyboardEvent) => {
    // The row with the focus may be another than the one that is shown: a part shows an attempt in it.
    const on = (event.target as Element).closest('[data-row]')?.getAttribute('aria-posinset');
    const from = on ? Number(on) - 1 : at;
    const here = bars[from];
    const open = { ArrowRight: true, ArrowLeft: false }[event.key];
    if (open !== undefined && here?.fold !== undefined) {
      event.preventDefault();
      return tree.fold(here.key, open);
    }
    const next = rowStep(event, from, bars.length);
    const bar = next === undefined ? undefined : bars[next];
    if (next === undefined || !bar) return;
    event.preventDefault();
    onSelect(bar.run, bar.entry?.number);
    list.current?.focus(next);
  };
  // A long run opens at the attempt that it is read for.
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || at < 0 || tree.loading) return;
    opened.current = true;
    if (at > 20) list.current?.show(at);
  }, [at, tree.loading]);
  const nested = bars.some(({ fold }) => fold !== undefined);
  const empty = run.entries.length === 0 && bars.length === 0;

  return (
    <Panel
      flush
      title="Timeline"
      actions={
        <>
          <label className="flex items-center gap-1.5 text-xs whitespace-nowrap text-ink-soft">
            <input
              type="checkbox"
              className="accent-accent"
              checked={onlyFailed}
              onChange={(event) => onOnlyFailed(event.target.checked)}
            />
            Failed only
          </label>
          {views}
        </>
      }
    >
      {tree.loading && bars.length === 0 ? (
        <Skeleton rows={8} label="Loading the attempts" />
      ) : empty ? (
        <Empty icon={<Workflow />} title={run.ended_at ? 'The journal is gone' : 'No step has ended yet'}>
          {run.ended_at
            ? 'Attempts are kept for a time and then removed; how the run ended stays.'
            : 'The first attempt appears here as soon as it is over.'}
        </Empty>
      ) : bars.length === 0 ? (
        <Empty icon={<Workflow />} title="Nothing failed">
          {tree.more
            ? 'No attempt and none of the parts that are shown here failed; earlier parts may have.'
            : 'No attempt, branch or item of this run failed.'}
        </Empty>
      ) : (
        <div className="relative">
          <TimeAxis ticks={ticks} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the list in it */}
          <div onKeyDown={press} className="py-1">
            <Rows
              ref={list}
              options
              label="Attempts"
              count={bars.length}
              height={32}
              keyOf={(i) => bars[i]?.key ?? i}
              row={(i) => {
                const row = bars[i];
                if (!row) return null;
                return (
                  <WaterfallRow
                    row={row}
                    gaps={gaps.length > GAPS ? [] : gaps}
                    label={labels.get(i)}
                    selected={i === at}
                    tabbable={i === Math.max(at, 0)}
                    nested={nested}
                    onSelect={() => choose(row)}
                    onFold={(open) => tree.fold(row.key, open)}
                    position={i + 1}
                    of={bars.length}
                  />
                );
              }}
            />
          </div>
        </div>
      )}
      {names.size > 0 && (
        <div className="border-t border-line px-4 py-1.5">
          <Legend names={names} />
        </div>
      )}
      {tree.more && (
        <p className="border-t border-line px-4 py-2 text-ink-mute">
          Earlier parts are not shown here.{' '}
          <Link to="/runs" search={{ parent: run.id }} className="text-accent hover:underline">
            List all of them
          </Link>
        </p>
      )}
      <NextAttempt run={run} />
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Failure } from '@/components/failure';
import { Skeleton } from '@/components/skeleton';
import { CatalogueContext } from '@/features/flow-editor/context';
import type { Doc } from '@/features/flow-editor/model/json';
import { useSource } from '@/features/flow-editor/source';
import { actionsQuery } from '@/lib/server/catalogue';
import { versionQuery } from '@/lib/server/flows';
import { kindsQuery } from '@/lib/server/kinds';
import type { Attempt, Run } from '@/lib/types';
import { ActsContext, ResultsContext } from './context';
import { layOut } from './layout';
import { arrows, neighbour } from './neighbours';
import { ofRun } from './results';
import { placesOf, shapeOf, when } from './shape';
import { DrawnContext } from './source';
import { Stage } from './stage';

type Props = {
  run: Run;
  /** Of the run and of its parts. */
  entries: Attempt[];
  entry: Attempt | undefined;
  onSelect: (entry: Attempt) => void;
};

/** The flow of a run as it was then, with what became of each step; choosing one shows its attempt. */
export function RunCanvas(props: Props) {
  const { flow } = props.run;
  const version = useQuery(versionQuery(flow.id, flow.version));
  const [actions, kinds] = [useQuery(actionsQuery()).data, useQuery(kindsQuery()).data];
  const catalogue = useMemo(() => ({ actions, kinds }), [actions, kinds]);
  if (version.isError) {
    return (
      <div className="p-4">
        <Failure
          error={version.error}
          what="This version of the flow could not be loaded"
          retry={() => void version.refetch()}
        />
      </div>
    );
  }
  if (!version.data) return <Skeleton rows={6} label="Loading the flow" />;
  return (
    <CatalogueContext value={catalogue}>
      <Drawn {...props} doc={version.data.document as Doc} />
    </CatalogueContext>
  );
}

/** The attempt that somebody who chooses a step wants: one that failed for good, else the last. */
const entryOf = (entries: Attempt[], step: string) => {
  const own = entries.filter((entry) => entry.step === step);
  return own.findLast((entry) => entry.result === 'failed' && !entry.retry_at) ?? own.at(-1);
};

function Drawn({ run, entries, entry, onSelect, doc }: Props & { doc: Doc }) {
  const frame = useRef<HTMLDivElement>(null);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [key, setKey] = useState(entry?.step ?? when);
  const shape = useMemo(() => shapeOf(doc), [doc]);
  const places = useMemo(() => placesOf(shape), [shape]);
  const hasFailure = shape.failure.steps.length > 0;
  const layout = useMemo(() => layOut(shape, collapsed, hasFailure), [shape, collapsed, hasFailure]);
  const holders = useMemo(
    () =>
      new Set(
        [...places].flatMap(([each, p]) => (p.what === 'step' && p.step.blocks.length > 0 ? [each] : [])),
      ),
    [places],
  );
  const { step: stands, status } = run;
  const results = useMemo(
    () => ofRun(entries, stands === null ? undefined : { step: stands, status }),
    [entries, stands, status],
  );
  const source = useSource(doc);
  // An attempt that is chosen elsewhere is shown here.
  const shown = entry?.step;
  useEffect(() => {
    if (shown) setKey(shown);
  }, [shown]);
  const latest = useRef({ entries, onSelect });
  latest.current = { entries, onSelect };
  const acts = useMemo(() => {
    const select = (next: string) => {
      setKey(next);
      const found = entryOf(latest.current.entries, next);
      if (found) latest.current.onSelect(found);
    };
    const toggle = (step: string) =>
      setCollapsed(
        (old) => new Set(old.has(step) ? [...old].filter((each) => each !== step) : [...old, step]),
      );
    return { select, extend: () => {}, span: () => {}, open: select, toggle, drop: () => {}, add: undefined };
  }, []);
  const press = (event: KeyboardEvent) => {
    const from = (event.target as Element).closest<HTMLElement>('[data-node]')?.dataset.node;
    const to = arrows[event.key];
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' && holders.has(from)) {
      event.preventDefault();
      return acts.toggle(from);
    }
    const next = to && neighbour(layout.nodes, from, to);
    if (!to) return;
    event.preventDefault();
    if (next)
      frame.current
        ?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)
        ?.focus({ preventScroll: true });
  };
  return (
    <DrawnContext value={source}>
      <ActsContext value={acts}>
        <ResultsContext value={results}>
          <div
            ref={frame}
            role="group"
            aria-label="Canvas"
            onKeyDown={press}
            className="h-[clamp(20rem,60vh,46rem)] min-h-60 resize-y overflow-hidden bg-canvas"
          >
            <Stage
              layout={layout}
              selected={places.has(key) ? key : when}
              holders={holders}
              label="The run as a picture"
            />
          </div>
        </ResultsContext>
      </ActsContext>
    </DrawnContext>
  );
}

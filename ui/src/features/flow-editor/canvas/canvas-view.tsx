import { useMemo, useRef, useState } from 'react';
import { Notice } from '@/components/notice';
import { useEdit } from '@/features/flow-editor/context';
import { FaultNotice } from '@/features/flow-editor/fault-notice';
import { moveStep } from '@/features/flow-editor/model/edit';
import type { Doc } from '@/features/flow-editor/model/json';
import { useSource } from '@/features/flow-editor/source';
import { classes } from '@/lib/classes';
import { AddMenu, useAddMenu } from './add-menu';
import { ActsContext, RangeContext, ResultsContext } from './context';
import { layOut } from './layout';
import { RangeBar } from './range-bar';
import type { NodeResult } from './results';
import { signature } from './shape';
import { DrawnContext } from './source';
import { Stage } from './stage';
import { StepPanel } from './step-panel';
import { useByKey } from './use-by-key';
import { useCanvasKeys } from './use-canvas-keys';
import { useFocus } from './use-focus';
import { usePaste } from './use-paste';
import type { Chosen } from './use-place';

type Props = {
  doc: Doc;
  chosen: Chosen;
  settles: boolean | undefined;
  results: ReadonlyMap<string, NodeResult>;
  fault: string | undefined;
  onDropText: () => void;
};

const none: ReadonlySet<string> = new Set();

/** The flow as a picture that is built by keys and pointer, with the form of what is chosen below it. */
export function CanvasView({ doc, chosen, settles, results, fault, onDropText }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { shape, places, collapsed, selected, target, toggle, select, extend, span, range } = chosen;
  const [full, setFull] = useState(false);
  const print = signature(shape, collapsed);
  const layout = useByKey(print, () => layOut(shape, collapsed));
  const holders = useByKey(
    print,
    () =>
      new Set(
        [...places].flatMap(([key, p]) => (p.what === 'step' && p.step.blocks.length > 0 ? [key] : [])),
      ),
  );
  const source = useSource(doc);
  const menu = useAddMenu();
  const { goTo, move } = useEdit();
  const latest = useRef(places);
  latest.current = places;
  const acts = useMemo(
    () => ({
      select,
      extend,
      span,
      toggle,
      full: { on: full, toggle: () => setFull((on) => !on) },
      add: menu.open,
      drop: (from: string, { list, index }: { list: string; index: number }) =>
        move((doc) => moveStep(doc, from, list, index)),
      open: (key: string) => {
        const place = latest.current.get(key);
        if (place?.what === 'step') goTo(place.at, true);
        else if (place) goTo(headField(place.list), true);
      },
    }),
    [select, extend, span, toggle, full, menu.open, goTo, move],
  );
  const press = useCanvasKeys(chosen, layout, acts);
  const refused = usePaste(places, selected);
  useFocus(frame, target, layout);
  return (
    <DrawnContext value={source}>
      <ActsContext value={acts}>
        <ResultsContext value={results}>
          <RangeContext value={range?.keys ?? none}>
            <div
              ref={frame}
              className={classes(
                'flex flex-col gap-4',
                full && 'fixed inset-0 z-30 overflow-auto bg-surface p-3',
              )}
            >
              <FaultNotice fault={fault} onDrop={onDropText} />
              <div
                role="group"
                aria-label="Canvas"
                aria-describedby="canvas-keys"
                onKeyDown={(event) => {
                  if (event.key === 'Escape' && full && !range) setFull(false);
                  else press(event);
                }}
                className={classes(
                  'min-h-60 shrink-0 resize-y overflow-hidden rounded-lg border border-line bg-canvas',
                  full ? 'h-[62vh]' : 'h-[clamp(19rem,44vh,44rem)]',
                )}
              >
                <Stage layout={layout} selected={selected} holders={holders} label="The flow as a picture" />
              </div>
              <p id="canvas-keys" className="-mt-2 text-xs text-ink-mute max-sm:sr-only">
                Arrows go through the flow, Enter opens a step and Escape leaves it, A adds one behind it,
                Delete removes it, Space collapses it; Ctrl+C, X and V copy, Alt and arrows move; Shift with
                arrows, a click or a drag chooses several, Ctrl+A all beside it.
              </p>
              <div role="alert" className="empty:hidden">
                {refused && (
                  <Notice tone="bad" title="Nothing was pasted">
                    {refused}
                  </Notice>
                )}
              </div>
              {range && <RangeBar range={range} />}
              <StepPanel doc={doc} chosen={chosen} settles={settles} add={menu.open} />
              <AddMenu menu={menu} />
            </div>
          </RangeContext>
        </ResultsContext>
      </ActsContext>
    </DrawnContext>
  );
}

/** What is filled in of a head: the trigger's name first, a branch with the step that has it. */
function headField(list: string): string {
  if (list === '/steps') return '/name';
  const [holder] = /^(.*\/switch\/\d+)\/steps$/.exec(list)?.slice(1) ?? [];
  return holder ? `${holder}/if` : list.replace(/\/[^/]+(\/\d+)?$/, '');
}

import { useMemo, useRef } from 'react';
import { useEdit } from '@/features/flow-editor/context';
import { FaultNotice } from '@/features/flow-editor/fault-notice';
import { moveStep } from '@/features/flow-editor/model/edit';
import type { Doc } from '@/features/flow-editor/model/json';
import { AddMenu, useAddMenu } from './add-menu';
import { ActsContext, ResultsContext } from './context';
import { layOut } from './layout';
import type { NodeResult } from './results';
import { signature } from './shape';
import { SourceContext, useSource } from './source';
import { Stage } from './stage';
import { StepPanel } from './step-panel';
import { useByKey } from './use-by-key';
import { useCanvasKeys } from './use-canvas-keys';
import { useFocus } from './use-focus';
import type { Chosen } from './use-place';

type Props = {
  doc: Doc;
  chosen: Chosen;
  settles: boolean | undefined;
  results: ReadonlyMap<string, NodeResult>;
  fault: string | undefined;
  onDropText: () => void;
};

/** The flow as a picture that is built by keys and pointer, with the form of what is chosen below it. */
export function CanvasView({ doc, chosen, settles, results, fault, onDropText }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { shape, places, collapsed, selected, target, toggle, select } = chosen;
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
      toggle,
      add: menu.open,
      drop: (from: string, { list, index }: { list: string; index: number }) =>
        move((doc) => moveStep(doc, from, list, index)),
      open: (key: string) => {
        const place = latest.current.get(key);
        if (place?.what === 'step') goTo(place.at, true);
        else if (place) goTo(headField(place.list), true);
      },
    }),
    [select, toggle, menu.open, goTo, move],
  );
  const press = useCanvasKeys(chosen, layout, acts);
  useFocus(frame, target, layout);
  return (
    <SourceContext value={source}>
      <ActsContext value={acts}>
        <ResultsContext value={results}>
          <div ref={frame} className="flex flex-col gap-4">
            <FaultNotice fault={fault} onDrop={onDropText} />
            <div
              role="group"
              aria-label="Canvas"
              aria-describedby="canvas-keys"
              onKeyDown={press}
              className="h-[clamp(19rem,44vh,44rem)] min-h-60 resize-y overflow-hidden rounded-lg border border-line bg-canvas"
            >
              <Stage layout={layout} selected={selected} holders={holders} label="The flow as a picture" />
            </div>
            <p id="canvas-keys" className="-mt-2 text-xs text-ink-mute max-sm:sr-only">
              Arrows go through the flow, Enter opens a step, A adds one behind it, Delete removes it, Space
              collapses it; Ctrl+C, X and V copy, Alt and arrows move.
            </p>
            <StepPanel doc={doc} chosen={chosen} settles={settles} add={menu.open} />
            <AddMenu menu={menu} />
          </div>
        </ResultsContext>
      </ActsContext>
    </SourceContext>
  );
}

/** What is filled in of a head: the trigger's name first, a branch with the step that has it. */
function headField(list: string): string {
  if (list === '/steps') return '/name';
  const [holder] = /^(.*\/switch\/\d+)\/steps$/.exec(list)?.slice(1) ?? [];
  return holder ? `${holder}/if` : list.replace(/\/[^/]+(\/\d+)?$/, '');
}

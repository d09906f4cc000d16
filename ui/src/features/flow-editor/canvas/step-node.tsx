import type { Node, NodeProps } from '@xyflow/react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { useAction } from '@/features/flow-editor/context';
import { isObject, textOf } from '@/features/flow-editor/model/json';
import { wordsOf } from '@/features/flow-editor/model/starters';
import { idOf, kindOf } from '@/features/flow-editor/model/steps';
import { summaryOf } from '@/features/flow-editor/model/summary';
import { dragType } from '@/features/flow-editor/steps/carry';
import { StepIcon } from '@/features/flow-editor/steps/icons';
import { PinMark } from '@/features/flow-editor/test/pin-mark';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import { useActs, useIsInRange, useResult } from './context';
import { Joints } from './joints';
import type { Placed } from './layout';
import { MarkCount } from './mark-count';
import { ResultChip } from './result-chip';
import { wordsOfResult } from './results';
import { useAt } from './source';
import { useNodeMarks } from './use-node-marks';

export type PlacedNode = Node<{ placed: Placed; holds: boolean }>;

/** A step: what it is, what it does in a line, what is wrong with it, how it went. */
export const StepNode = memo(function StepNode({ data, selected }: NodeProps<PlacedNode>) {
  const { placed, holds } = data;
  const acts = useActs();
  const found = useAt(placed.at);
  const step = isObject(found) ? found : {};
  const kind = kindOf(step);
  const action = useAction(textOf(step.do));
  const result = useResult(idOf(step));
  const inRange = useIsInRange(placed.key);
  const collapsed = placed.hidden !== undefined;
  const { problems, warnings } = useNodeMarks(placed.at, step, collapsed || !holds);
  const label = kind === 'do' ? (action?.label ?? textOf(step.do)) : (wordsOf(kind)?.label ?? 'Unknown step');
  const about = summaryOf(step) || textOf(step.note);
  const id = idOf(step);
  const inside = plural(placed.hidden ?? 0, 'step');
  return (
    <div className="relative size-full">
      <Joints />
      <button
        type="button"
        data-node={placed.key}
        draggable={acts.add !== undefined}
        onDragStart={(event) => event.dataTransfer.setData(dragType, placed.at)}
        tabIndex={selected ? 0 : -1}
        aria-current={selected || undefined}
        aria-expanded={holds ? !collapsed : undefined}
        onFocus={() => acts.select(placed.key)}
        // With Shift the focus stays, and the choice goes on to here.
        onMouseDown={(event) => event.shiftKey && acts.add && event.preventDefault()}
        onClick={(event) => {
          if (event.shiftKey && acts.add) return acts.extend(placed.key);
          acts.extend();
          acts.select(placed.key);
        }}
        onDoubleClick={() => acts.open(placed.key)}
        className={classes(
          'nopan pointer-events-auto flex size-full flex-col justify-center gap-0.5 rounded-lg border px-3 text-left shadow-sm',
          holds && 'pr-9',
          inRange ? 'bg-accent-soft' : 'bg-raised',
          selected || inRange
            ? 'border-accent ring-1 ring-accent'
            : 'border-line-strong hover:border-ink-mute',
          problems > 0 && 'border-bad',
          !acts.add && !result && 'border-dashed',
          collapsed && 'border-double border-4',
        )}
      >
        <span className="flex w-full items-center gap-1.5">
          <span className="sr-only">Step {id || placed.key}: </span>
          <StepIcon kind={kind} action={textOf(step.do)} />
          <span className="min-w-0 flex-1 truncate font-medium">{label}</span>
          <PinMark id={id} />
          <MarkCount problems={problems} warnings={warnings} />
        </span>
        <span className="flex w-full gap-2 text-xs text-ink-mute">
          <span className="min-w-0 flex-1 truncate">{collapsed ? `${inside} inside` : about}</span>
          <code className="max-w-24 truncate font-mono text-[0.6875rem]">{id}</code>
        </span>
        {inRange && <span className="sr-only">, chosen with others</span>}
        {result && <span className="sr-only">, {wordsOfResult(result)}</span>}
      </button>
      {holds && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${collapsed ? 'Expand' : 'Collapse'} ${id || label}`}
          onClick={() => acts.toggle(placed.key)}
          className="nopan pointer-events-auto absolute top-1/2 right-1.5 grid size-7 -translate-y-1/2 place-items-center rounded-md text-ink-mute hover:bg-inset hover:text-ink"
        >
          {collapsed ? (
            <ChevronRight aria-hidden="true" className="size-4" />
          ) : (
            <ChevronDown aria-hidden="true" className="size-4" />
          )}
        </button>
      )}
      {result && <ResultChip result={result} />}
    </div>
  );
});

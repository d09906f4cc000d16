import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { split, textOf } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import { useActs } from './context';
import { Joints } from './joints';
import { useAt } from './source';
import type { PlacedNode } from './step-node';

/** The head of a branch: its name, and when it is taken. */
export const HeadNode = memo(function HeadNode({ data, selected }: NodeProps<PlacedNode>) {
  const { placed } = data;
  const acts = useActs();
  const [holder, last] = split(placed.at);
  const condition = useAt(`${holder}/if`);
  // A case has its own condition; that of an `if` stands in the step above.
  const isCase = last === 'steps' && condition !== undefined;
  const words = isCase ? `${placed.label}: ${textOf(condition) || 'no condition yet'}` : placed.label;
  return (
    <div className="relative size-full">
      <Joints />
      <button
        type="button"
        data-node={placed.key}
        tabIndex={selected ? 0 : -1}
        aria-current={selected || undefined}
        title={words}
        onFocus={() => acts.select(placed.key)}
        onClick={() => acts.select(placed.key)}
        onDoubleClick={() => acts.open(placed.key)}
        className={classes(
          'nopan pointer-events-auto block size-full truncate rounded-full border px-3 text-xs',
          selected
            ? 'border-accent bg-accent-soft text-ink ring-1 ring-accent'
            : 'border-line bg-inset text-ink-soft hover:border-ink-mute',
        )}
      >
        <span className="sr-only">Branch </span>
        {words}
      </button>
    </div>
  );
});

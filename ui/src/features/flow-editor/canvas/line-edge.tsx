import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo, useState } from 'react';
import { dragType } from '@/features/flow-editor/steps/carry';
import { classes } from '@/lib/classes';
import { useActs } from './context';
import type { Line } from './layout';
import { pathOf } from './path';

export type LineEdge = Edge<{ line: Line; after: string }>;

/** How far from its ends a line turns aside. */
const turn = 12;

/** The way from one to the next, with the place on it where a step can be put. */
export const LineEdgeView = memo(function LineEdgeView({ data, ...ends }: EdgeProps<LineEdge>) {
  const { add, drop } = useActs();
  const [over, setOver] = useState(false);
  const { sourceX, sourceY, targetY } = ends;
  if (!data) return null;
  const { line, after } = data;
  const path = pathOf(ends, line.enters ? sourceY + turn : targetY - turn);
  const { list, index } = line;
  return (
    <>
      <BaseEdge path={path} className="stroke-line-strong! stroke-[1.5]!" />
      {add && list !== undefined && index !== undefined && (
        <EdgeLabelRenderer>
          <button
            type="button"
            tabIndex={-1}
            aria-label={`Add a step after ${after}`}
            title="Add a step here"
            onClick={(event) => add({ list, index }, event.currentTarget)}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(dragType)) return;
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              const from = event.dataTransfer.getData(dragType);
              setOver(false);
              if (!from) return;
              event.preventDefault();
              drop(from, { list, index });
            }}
            style={{ transform: `translate(-50%, -50%) translate(${sourceX}px, ${sourceY + 20}px)` }}
            className={classes(
              'nopan pointer-events-auto absolute grid size-5 place-items-center rounded-full border bg-surface before:absolute before:-inset-2 hover:border-accent hover:text-accent',
              over ? 'border-accent text-accent ring-4 ring-accent' : 'border-line-strong text-ink-mute',
            )}
          >
            <Plus aria-hidden="true" className="size-3" />
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

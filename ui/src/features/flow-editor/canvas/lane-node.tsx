import type { NodeProps } from '@xyflow/react';
import { TriangleAlert, Zap } from 'lucide-react';
import { memo, use } from 'react';
import { CatalogueContext, useMarks } from '@/features/flow-editor/context';
import { listOf, objectOf, textOf } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import { useActs } from './context';
import { Joints } from './joints';
import { MarkCount } from './mark-count';
import { useAt } from './source';
import type { PlacedNode } from './step-node';

/** Where a lane begins: what starts the flow, or that it failed. */
export const LaneNode = memo(function LaneNode({ data, selected }: NodeProps<PlacedNode>) {
  const { placed } = data;
  const isTrigger = placed.what === 'when';
  const acts = useActs();
  const { kinds } = use(CatalogueContext);
  const on = listOf(useAt('/on')).map(textOf);
  const filters = Object.keys(objectOf(useAt('/where'))).length;
  const [name, trigger, where] = [useMarks('/name'), useMarks('/on', true), useMarks('/where', true)];
  const problems = isTrigger ? [name, trigger, where].flatMap((marks) => marks.problems).length : 0;
  const titles = on.map((kind) => kinds?.find((each) => each.kind === kind)?.title ?? kind);
  const label = isTrigger ? titles.join(', ') || 'Nothing starts it yet' : placed.label;
  const about = isTrigger
    ? filters > 0
      ? `${plural(filters, 'filter')} must hold`
      : 'every time'
    : 'what is done then';
  const Icon = isTrigger ? Zap : TriangleAlert;
  return (
    <div className="relative size-full">
      <Joints />
      <button
        type="button"
        data-node={placed.key}
        tabIndex={selected ? 0 : -1}
        aria-current={selected || undefined}
        onFocus={() => acts.select(placed.key)}
        onClick={() => acts.select(placed.key)}
        onDoubleClick={() => acts.open(placed.key)}
        className={classes(
          'nopan pointer-events-auto flex size-full flex-col justify-center gap-0.5 rounded-2xl border px-3.5 text-left shadow-sm',
          isTrigger ? 'bg-accent-soft' : 'bg-bad-soft',
          selected ? 'border-accent ring-1 ring-accent' : 'border-line-strong hover:border-ink-mute',
          problems > 0 && 'border-bad',
        )}
      >
        <span className="flex w-full items-center gap-1.5">
          {isTrigger && <span className="sr-only">When: </span>}
          <Icon
            aria-hidden="true"
            className={classes('size-4 shrink-0', isTrigger ? 'text-accent' : 'text-bad')}
          />
          <span className="min-w-0 flex-1 truncate font-medium">{label}</span>
          <MarkCount problems={problems} />
        </span>
        <span className="truncate text-xs text-ink-soft">{about}</span>
      </button>
    </div>
  );
});

import { ChevronRight, GripVertical } from 'lucide-react';
import { type KeyboardEvent, memo, use, useState } from 'react';
import { Badge } from '@/components/badge';
import { StatusDot } from '@/components/status-dot';
import { ToggledContext, useAction, useEdit, useMarks } from '@/features/flow-editor/context';
import { duplicateStep, nudgeStep } from '@/features/flow-editor/model/edit';
import { below, textOf } from '@/features/flow-editor/model/json';
import { wordsOf } from '@/features/flow-editor/model/starters';
import { blocksOf, idOf, kindOf, type Step } from '@/features/flow-editor/model/steps';
import { summaryOf } from '@/features/flow-editor/model/summary';
import { PinMark } from '@/features/flow-editor/test/pin-mark';
import { useStepResult } from '@/features/flow-editor/test/results';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import { dragType } from './carry';
import { StepIcon } from './icons';
import { StepBody } from './step-body';
import { StepMenu } from './step-menu';
import { StepParts } from './step-parts';

type Props = { step: Step; list: string; index: number; of: number; cardKey: string };

/** One step: a line while it is closed, its form and the steps inside it while it is open. */
export const StepCard = memo(function StepCard({ step, list, index, of, cardKey }: Props) {
  const at = below(list, index);
  const edit = useEdit();
  const kind = kindOf(step);
  const begins = blocksOf(step).length > 0;
  const open = use(ToggledContext).has(cardKey) !== begins;
  const action = useAction(textOf(step.do));
  const label = kind === 'do' ? (action?.label ?? textOf(step.do)) : (wordsOf(kind)?.label ?? 'Unknown step');
  const { problems, warnings } = useMarks(at, true);
  const result = useStepResult(idOf(step));
  const [grabbed, setGrabbed] = useState(false);
  const press = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key];
    if (event.altKey && by) {
      event.preventDefault();
      edit.move((doc) => nudgeStep(doc, at, by));
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'd') {
      event.preventDefault();
      edit.move((doc) => duplicateStep(doc, at));
    }
  };
  return (
    <article
      aria-label={`Step ${idOf(step) || index + 1}: ${label}`}
      data-step={at}
      draggable={grabbed}
      onDragStart={(event) => {
        event.stopPropagation();
        event.dataTransfer.setData(dragType, at);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragEnd={() => setGrabbed(false)}
      className={classes(
        'rounded-lg border bg-surface',
        problems.length > 0 ? 'border-bad/50' : 'border-line',
        open && 'shadow-xs',
      )}
    >
      <div className="group/head flex items-center gap-1 pr-1.5">
        <span
          aria-hidden="true"
          title="Drag to move"
          onPointerDown={() => setGrabbed(true)}
          onPointerUp={() => setGrabbed(false)}
          className="grid h-10 w-5 shrink-0 cursor-grab place-items-center text-ink-mute opacity-0 group-hover/head:opacity-100 pointer-coarse:hidden"
        >
          <GripVertical className="size-3.5" />
        </span>
        <button
          type="button"
          data-at={at}
          aria-expanded={open}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Control+D"
          onClick={() => edit.toggle(cardKey)}
          onKeyDown={press}
          className="flex min-h-10 min-w-0 flex-1 items-center gap-2 rounded-md text-left pointer-coarse:pl-2"
        >
          <ChevronRight
            aria-hidden="true"
            className={classes('size-3.5 shrink-0 text-ink-mute transition-transform', open && 'rotate-90')}
          />
          <StepIcon kind={kind} action={textOf(step.do)} />
          <span className="shrink-0 font-medium">{label}</span>
          <span className="min-w-0 flex-1 truncate text-ink-mute">
            {open ? textOf(step.note) : summaryOf(step) || textOf(step.note)}
          </span>
          <code className="max-w-24 shrink-0 truncate font-mono text-xs text-ink-mute max-sm:hidden">
            {idOf(step)}
          </code>
        </button>
        <PinMark id={idOf(step)} />
        {result && (
          <span className="inline-flex items-center px-1" title={`In the last test: ${result.label}`}>
            <StatusDot tone={result.tone} />
            <span className="sr-only">In the last test: {result.label}</span>
          </span>
        )}
        {problems.length > 0 && <Badge tone="bad">{plural(problems.length, 'problem')}</Badge>}
        {problems.length === 0 && warnings.length > 0 && (
          <Badge tone="wait">{plural(warnings.length, 'warning')}</Badge>
        )}
        <StepMenu step={step} at={at} index={index} of={of} />
      </div>
      {open && (
        <div className="border-t border-line">
          <StepParts step={step} at={at}>
            <StepBody step={step} at={at} />
          </StepParts>
        </div>
      )}
    </article>
  );
});

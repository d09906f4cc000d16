import { useMarks } from '@/features/flow-editor/context';
import { MarkList } from '@/features/flow-editor/fields/mark-list';
import { blocksOf, kindOf, type Step } from '@/features/flow-editor/model/steps';
import { classes } from '@/lib/classes';
import { BranchAdd } from './branch-add';
import { DoForm } from './do-form';
import { FlowForm } from './flow-form';
import { IfForm } from './if-form';
import { LoopForm } from './loop-form';
import { More } from './more';
import { ParallelForm } from './parallel-form';
import { ReplyForm } from './reply-form';
import { SetForm } from './set-form';
import { StepBlock } from './step-block';
import { StopForm } from './stop-form';
import { WaitForm } from './wait-form';

function Form({ step, at }: { step: Step; at: string }) {
  switch (kindOf(step)) {
    case 'do':
      return <DoForm step={step} at={at} />;
    case 'if':
      return <IfForm step={step} at={at} />;
    case 'for_each':
      return <LoopForm step={step} at={at} />;
    case 'set':
      return <SetForm step={step} at={at} />;
    case 'wait':
      return <WaitForm step={step} at={at} />;
    case 'reply':
      return <ReplyForm step={step} at={at} />;
    case 'flow':
      return <FlowForm step={step} at={at} />;
    case 'stop':
      return <StopForm step={step} at={at} />;
    case 'parallel':
      return <ParallelForm step={step} at={at} />;
    case 'switch':
    case 'try':
      return null;
    default:
      return (
        <p className="text-ink-soft">
          This step has no field that says what it does. The JSON form shows it as it is.
        </p>
      );
  }
}

type Props = {
  step: Step;
  at: string;
  /** Without the steps inside: branches are shown as far as they have something to fill in. */
  alone?: boolean;
};

/** The form of a step, and the steps inside it. */
export function StepBody({ step, at, alone = false }: Props) {
  const own = useMarks(at);
  const kind = kindOf(step);
  const branches = kind === 'switch' || kind === 'parallel';
  const blocks = alone && !branches ? [] : blocksOf(step);
  return (
    <div data-body className={classes('flex flex-col gap-4', !alone && 'p-3 sm:p-4')}>
      <MarkList {...own} />
      <Form step={step} at={at} />
      {blocks.map((block, i) => (
        <StepBlock key={block.path} step={step} at={at} block={block} index={i} alone={alone} />
      ))}
      {branches && <BranchAdd step={step} at={at} />}
      <More step={step} at={at} />
    </div>
  );
}

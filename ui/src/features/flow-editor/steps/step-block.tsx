import { X } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { ConditionField } from '@/features/flow-editor/condition/condition-field';
import { useEdit, useMarks } from '@/features/flow-editor/context';
import { MarkList } from '@/features/flow-editor/fields/mark-list';
import { below, get, listOf, set } from '@/features/flow-editor/model/json';
import { type Block, kindOf, type Step } from '@/features/flow-editor/model/steps';
import { plural } from '@/lib/format';
import { StepList } from './step-list';

type Props = { step: Step; at: string; block: Block; index: number; alone?: boolean };

/** A branch, a case, the inside of a loop: its name, its condition where it has one, its steps. */
export function StepBlock({ step, at, block, index, alone = false }: Props) {
  const edit = useEdit();
  const list = `${at}${block.path}`;
  const kind = kindOf(step);
  const isCase = block.path.endsWith('/steps') && kind === 'switch';
  const isBranch = kind === 'parallel';
  const holder = isCase ? below(at, 'switch', index) : undefined;
  const count = listOf(kind === 'switch' ? step.switch : step.parallel).length;
  const remove = () =>
    edit.change((doc) => {
      const outer = below(at, kind === 'switch' ? 'switch' : 'parallel');
      return set(doc, outer, listOf(get(doc, outer)).toSpliced(index, 1)) as typeof doc;
    });
  return (
    <section aria-label={block.label} className="border-l-2 border-line pl-3">
      <div className="mb-2 flex min-h-7 items-center justify-between gap-2">
        <h3 className="text-xs font-medium text-ink-soft">{block.label}</h3>
        {(isCase || isBranch) && count > 1 && (
          <IconButton
            size="sm"
            label={`Remove ${block.label}`}
            icon={<X aria-hidden="true" />}
            onClick={remove}
          />
        )}
      </div>
      <BlockMarks at={list} />
      {holder && (
        <div className="mb-3">
          <ConditionField
            at={`${holder}/if`}
            label="When"
            value={get(step, below('', 'switch', index, 'if'))}
          />
        </div>
      )}
      {alone ? (
        <p className="text-xs text-ink-mute">{plural(block.steps.length, 'step')}</p>
      ) : (
        <StepList steps={block.steps} at={list} label={block.label} />
      )}
    </section>
  );
}

function BlockMarks({ at }: { at: string }) {
  const marks = useMarks(at);
  return (
    <div className="mb-2 empty:hidden">
      <MarkList {...marks} />
    </div>
  );
}

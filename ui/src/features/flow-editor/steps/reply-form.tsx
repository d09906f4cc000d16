import { Notice } from '@/components/notice';
import { useEdit } from '@/features/flow-editor/context';
import { JsonField } from '@/features/flow-editor/fields/json-field';
import { below, listOf } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';

/** The answer to a question asked in or before a call. */
export function ReplyForm({ step, at }: { step: Step; at: string }) {
  const { set, read } = useEdit();
  const place = below(at, 'reply');
  const isTool = listOf(read().on).includes('tool.called');
  return (
    <div className="flex flex-col gap-3">
      <JsonField
        at={place}
        label="Answer"
        value={step.reply ?? {}}
        onChange={(next) => set(place, next)}
        secrets={false}
      />
      <Notice>
        {isTool ? (
          <>
            The agent is told what stands in <code>result</code>.
          </>
        ) : (
          <>
            The call gets what stands in <code>variables</code>, by name.
          </>
        )}
      </Notice>
    </div>
  );
}

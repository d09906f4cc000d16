import { useState } from 'react';
import { Input } from '@/components/input';
import { useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { idRule, renameStep, usedIds } from '@/features/flow-editor/model/ids';
import { below } from '@/features/flow-editor/model/json';
import { idOf, type Step } from '@/features/flow-editor/model/steps';

/** The id of a step. It changes when the field is left, together with everything that refers to it. */
export function IdField({ step, at }: { step: Step; at: string }) {
  const edit = useEdit();
  const old = idOf(step);
  const [draft, setDraft] = useState<string>();
  const wrong =
    draft === undefined || draft === old
      ? undefined
      : !idRule.test(draft)
        ? 'Letters, digits, _ and -, at most 64'
        : usedIds(edit.read()).has(draft)
          ? 'Another step is called so'
          : undefined;
  const commit = () => {
    if (draft !== undefined && draft !== old && !wrong) {
      edit.change((doc) => renameStep(doc, at, old, draft));
      edit.renamed(old, draft);
      // The card is a new one: a focus that went to a field of the old one comes back to it.
      setTimeout(() => document.activeElement === document.body && edit.goTo(at));
    }
    setDraft(undefined);
  };
  return (
    <Labelled at={below(at, 'id')} label="Id" help={wrong ? undefined : 'References follow when it changes.'}>
      {(ids) => (
        <>
          <Input
            {...ids}
            className="font-mono text-xs"
            spellCheck={false}
            value={draft ?? old}
            aria-invalid={wrong ? true : undefined}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={commit}
            onKeyDown={(event) => event.key === 'Enter' && commit()}
          />
          {wrong && <p className="text-xs text-bad">{wrong}</p>}
        </>
      )}
    </Labelled>
  );
}

import { use } from 'react';
import { CatalogueContext } from '@/features/flow-editor/context';
import { type Doc, isObject, listOf, textOf } from '@/features/flow-editor/model/json';
import { deedOf } from '@/features/flow-editor/model/sentence';
import { wordsOf } from '@/features/flow-editor/model/starters';
import { kindOf } from '@/features/flow-editor/model/steps';
import { useSentence } from '@/features/flow-editor/use-sentence';

/** The flow as people say it: when, and what then. */
export function Sentence({ doc }: { doc: Doc }) {
  const { actions, kinds } = use(CatalogueContext);
  const when = useSentence(doc, kinds);
  const done = listOf(doc.steps)
    .filter(isObject)
    .map((step) => {
      const kind = kindOf(step);
      const name = textOf(step.do);
      const label =
        kind === 'do'
          ? (actions?.find((each) => each.name === name)?.label ?? name)
          : (wordsOf(kind)?.label ?? 'Step');
      return deedOf(step, label);
    });
  return (
    <div
      role="status"
      aria-label="The flow in words"
      className="rounded-lg border border-accent/30 bg-accent-soft px-4 py-3"
    >
      <p className="text-base font-medium text-pretty break-words">{when}</p>
      {done.length > 0 && (
        <p className="mt-1 text-ink-soft break-words">
          <span aria-hidden="true">→ </span>
          {done.join(', then ')}
        </p>
      )}
    </div>
  );
}

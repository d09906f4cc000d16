import { use } from 'react';
import { CatalogueContext } from '@/features/flow-editor/context';
import { type Doc, isObject, listOf, objectOf, textOf } from '@/features/flow-editor/model/json';
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
      if (kind !== 'do') return wordsOf(kind)?.label ?? 'Step';
      const label = actions?.find((each) => each.name === name)?.label ?? name;
      const to = textOf(objectOf(step.with).to ?? null);
      return to === '' || to.includes('{{') ? label : `${label} to ${to}`;
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

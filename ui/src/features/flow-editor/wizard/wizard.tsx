import { ArrowLeft, ArrowRight } from 'lucide-react';
import { type ReactNode, use, useEffect, useRef } from 'react';
import { Button } from '@/components/button';
import { CatalogueContext, type Marks, useAction, useEdit } from '@/features/flow-editor/context';
import { FaultNotice } from '@/features/flow-editor/fault-notice';
import { type Doc, isObject, listOf, textOf } from '@/features/flow-editor/model/json';
import { nameFor } from '@/features/flow-editor/model/sentence';
import { wordsOf } from '@/features/flow-editor/model/starters';
import { kindOf } from '@/features/flow-editor/model/steps';
import type { Saving } from '@/features/flow-editor/save-buttons';
import type { Test } from '@/features/flow-editor/test/use-test';
import type { View } from '@/features/flow-editor/toolbar';
import { useSentence } from '@/features/flow-editor/use-sentence';
import { ViewChoice } from '@/features/flow-editor/view-choice';
import { type Part, parts, partWords } from './parts';
import { Progress } from './progress';
import { ReviewPart } from './review-part';
import { Sentence } from './sentence';
import { ThenPart } from './then-part';
import { WhenPart } from './when-part';

type Props = {
  doc: Doc;
  part: Part;
  onPart: (part: Part) => void;
  onView: (view: View) => void;
  marks: Marks;
  test: Test;
  fault: string | undefined;
  onDropText: () => void;
  onPlace: (at: string) => void;
  saving: Saving;
  isNew: boolean;
  /** What somebody else has saved meanwhile; why this was not saved. */
  newer: ReactNode;
  failure: ReactNode;
};

/** A flow in three steps: the same document as in the form, with fewer things in sight. */
export function Wizard(props: Props) {
  const { doc, part, onPart, onView, marks, test, saving } = props;
  const edit = useEdit();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(part);
  useEffect(() => {
    if (shown.current === part) return;
    shown.current = part;
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [part]);
  const sentence = useSentence(doc, use(CatalogueContext).kinds);
  const [first] = listOf(doc.steps).filter(isObject);
  const action = useAction(textOf(first?.do));
  const begun = action?.label ?? (first && wordsOf(kindOf(first))?.label);
  const go = (next: Part) => {
    if (next === 'review' && begun && textOf(doc.name) === '') edit.set('/name', nameFor(begun, sentence));
    onPart(next);
  };
  const at = parts.indexOf(part);
  const [before, after] = [parts[at - 1], parts[at + 1]];
  const lacks = part === 'steps' && listOf(doc.steps).length === 0;
  const { title, about } = partWords[part];
  return (
    <div className="flex w-full max-w-4xl flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line pb-3">
        <Progress part={part} onPart={go} />
        <ViewChoice view="wizard" onView={onView} />
      </div>
      {props.newer}
      <FaultNotice fault={props.fault} onDrop={props.onDropText} />
      <div>
        <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
          {title}
        </h2>
        <p className="text-ink-soft">{about}</p>
      </div>
      <Sentence doc={doc} />
      {part === 'when' && <WhenPart doc={doc} />}
      {part === 'steps' && <ThenPart doc={doc} test={test} />}
      {part === 'review' && (
        <ReviewPart
          doc={doc}
          marks={marks}
          test={test}
          onPlace={props.onPlace}
          onSteps={() => onPart('steps')}
        />
      )}
      {props.failure}
      <div className="sticky bottom-0 z-10 -mx-1 flex flex-wrap items-center justify-between gap-2 border-t border-line bg-surface px-1 py-3">
        {before ? (
          <Button icon={<ArrowLeft aria-hidden="true" />} onClick={() => go(before)}>
            Back
          </Button>
        ) : (
          <span />
        )}
        {after ? (
          <Button
            look="primary"
            why={lacks ? 'Choose what is to be done first' : undefined}
            onClick={() => go(after)}
          >
            {`Next: ${partWords[after].next}`}
            <ArrowRight aria-hidden="true" />
          </Button>
        ) : (
          <WizardSave saving={saving} isNew={props.isNew} />
        )}
      </div>
    </div>
  );
}

function WizardSave({ saving, isNew }: { saving: Saving; isNew: boolean }) {
  const { publish, draft, onSave, busy, why } = saving;
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      <Button
        busy={busy === 'draft'}
        disabled={busy === 'publish'}
        why={why}
        title={draft.hint}
        onClick={() => onSave(true)}
      >
        {isNew ? 'Save for later' : draft.label}
      </Button>
      <Button
        look="primary"
        busy={busy === 'publish'}
        disabled={busy === 'draft'}
        why={why}
        title={publish.hint}
        onClick={() => onSave(false)}
      >
        {isNew ? 'Turn on' : publish.label}
      </Button>
    </span>
  );
}

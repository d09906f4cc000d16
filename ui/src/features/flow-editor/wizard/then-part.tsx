import { use } from 'react';
import { CatalogueContext, useMarks } from '@/features/flow-editor/context';
import { MarkList } from '@/features/flow-editor/fields/mark-list';
import { type Doc, listOf } from '@/features/flow-editor/model/json';
import { StepList } from '@/features/flow-editor/steps/step-list';
import { EventChoice } from '@/features/flow-editor/test/event-choice';
import type { Test } from '@/features/flow-editor/test/use-test';
import { ActionCards } from './action-cards';
import { DemoReceiver } from './demo-receiver';

/** Then: the steps so far with their forms, and cards for the next one. */
export function ThenPart({ doc, test }: { doc: Doc; test: Test }) {
  const { kinds } = use(CatalogueContext);
  const steps = listOf(doc.steps);
  const on = listOf(doc.on);
  const asks = kinds?.some((each) => each.asks && on.includes(each.kind)) ?? false;
  const marks = useMarks('/steps');
  return (
    <>
      {steps.length > 0 && (
        <>
          <div className="max-w-md">
            <EventChoice test={test} label="Show values as they are in" />
          </div>
          <MarkList {...marks} />
          <StepList steps={steps} at="/steps" label="Steps" add={null} />
        </>
      )}
      <DemoReceiver />
      <ActionCards count={steps.length} asks={asks} />
    </>
  );
}

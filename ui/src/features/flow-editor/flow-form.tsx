import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Notice } from '@/components/notice';
import { useEdit, useMarks } from './context';
import { MarkList } from './fields/mark-list';
import { type Doc, listOf, textOf } from './model/json';
import { FailureSteps } from './steps/failure-steps';
import { StepList } from './steps/step-list';
import { TriggerCard } from './trigger/trigger-card';

type Props = { doc: Doc; settles: boolean | undefined; fault: string | undefined; onDropText: () => void };

/** The whole flow, from top to bottom: its name, when it starts, what it does, what when it fails. */
export function FlowForm({ doc, settles, fault, onDropText }: Props) {
  const { set } = useEdit();
  const name = useMarks('/name').problems[0]?.message;
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      {fault && (
        <Notice tone="wait" title="The JSON form is not JSON at the moment">
          <p>{fault}. Here is the flow as it was before; a change here replaces that text.</p>
          <Button size="sm" className="mt-2" onClick={onDropText}>
            Drop that text
          </Button>
        </Notice>
      )}
      <div data-at="/name">
        <Field label="Name" error={name}>
          {(ids) => (
            <Input
              {...ids}
              value={textOf(doc.name)}
              placeholder="What people call it"
              maxLength={200}
              onChange={(event) => set('/name', event.target.value)}
            />
          )}
        </Field>
      </div>
      <TriggerCard on={doc.on} where={doc.where} settles={settles} />
      <section aria-labelledby="flow-steps" className="flex flex-col gap-2">
        <h2 id="flow-steps" className="font-medium">
          Then
        </h2>
        {listOf(doc.steps).length > 0 && <StepsMarks />}
        <StepList
          steps={listOf(doc.steps)}
          at="/steps"
          label="Steps"
          add={listOf(doc.steps).length > 0 ? 'Add a step' : 'Add the first step'}
        />
      </section>
      <FailureSteps steps={doc.on_failure} />
    </div>
  );
}

function StepsMarks() {
  return <MarkList {...useMarks('/steps')} />;
}

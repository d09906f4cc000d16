import { useMarks } from './context';
import { FaultNotice } from './fault-notice';
import { MarkList } from './fields/mark-list';
import { type Doc, listOf } from './model/json';
import { FailureSteps } from './steps/failure-steps';
import { StepList } from './steps/step-list';
import { NameField } from './trigger/name-field';
import { TriggerCard } from './trigger/trigger-card';

type Props = { doc: Doc; settles: boolean | undefined; fault: string | undefined; onDropText: () => void };

/** The whole flow, from top to bottom: its name, when it starts, what it does, what when it fails. */
export function FlowForm({ doc, settles, fault, onDropText }: Props) {
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <FaultNotice fault={fault} onDrop={onDropText} />
      <NameField name={doc.name} />
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

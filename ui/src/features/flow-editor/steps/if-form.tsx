import { ConditionField } from '@/features/flow-editor/condition/condition-field';
import { below } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';

export function IfForm({ step, at }: { step: Step; at: string }) {
  return <ConditionField at={below(at, 'if')} label="If" value={step.if} />;
}

import { useQuery } from '@tanstack/react-query';
import { actionsQuery } from '@/lib/server/catalogue';
import { kindsQuery } from '@/lib/server/kinds';
import type { Action, FlowDocument } from '@/lib/types';
import { type Doc, isObject, type Json, objectOf, textOf } from './model/json';
import { wordsOf } from './model/starters';
import { blocksOf, idOf, kindOf, rootBlocks, type Step } from './model/steps';
import { summaryOf } from './model/summary';
import { StepIcon } from './steps/icons';
import { useSentence } from './use-sentence';

const isGiven = (value: Json) => value !== null && !(Array.isArray(value) && value.length === 0);
/** What a flow does, to be read and not to be changed. */
export function FlowOutline({ document }: { document: FlowDocument }) {
  const actions = useQuery(actionsQuery());
  const doc = document as Doc;
  const kinds = useQuery(kindsQuery());
  const sentence = useSentence(doc, kinds.data);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="text-xs text-ink-mute">When</p>
        <p className="mt-0.5 font-medium text-pretty break-words">{sentence}</p>
      </div>
      {rootBlocks(doc)
        .filter(({ steps }) => steps.length > 0)
        .map(({ path, label, steps }) => (
          <Steps key={path} label={label} steps={steps} actions={actions.data} />
        ))}
    </div>
  );
}

type StepsProps = { label: string; steps: Json[]; actions: Action[] | undefined };

function Steps({ label, steps, actions }: StepsProps) {
  return (
    <div>
      <p className="text-xs text-ink-mute">{label}</p>
      <ol aria-label={label} className="mt-1 flex flex-col gap-2">
        {steps.filter(isObject).map((step, i) => (
          <li key={idOf(step) || i} className="flex gap-2">
            <span className="mt-0.5">
              <StepIcon kind={kindOf(step)} action={textOf(step.do)} />
            </span>
            <div className="min-w-0 flex-1">
              <p className="break-words">
                <span className="font-medium">{nameOf(step, actions)}</span>{' '}
                <span className="text-ink-soft">{summaryOf(step)}</span>
              </p>
              {kindOf(step) === 'do' && <Details step={step} />}
              {blocksOf(step)
                .filter((block) => block.steps.length > 0)
                .map((block) => (
                  <div key={block.path} className="mt-2 border-l border-line pl-3">
                    <Steps label={block.label} steps={block.steps} actions={actions} />
                  </div>
                ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Through which connection, and what is said. */
function Details({ step }: { step: Step }) {
  const inputs = objectOf(step.with);
  const said = textOf(inputs.text ?? inputs.subject);
  const lines = [
    isGiven(step.connection ?? null) && `through ${textOf(step.connection)}`,
    isGiven(step.if ?? null) && `only if ${textOf(step.if)}`,
    said,
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <p className="line-clamp-4 text-xs break-words whitespace-pre-line text-ink-mute">{lines.join('\n')}</p>
  );
}

function nameOf(step: Step, actions: Action[] | undefined): string {
  const kind = kindOf(step);
  if (kind !== 'do') return wordsOf(kind)?.label ?? 'Step';
  const name = textOf(step.do);
  return actions?.find((action) => action.name === name)?.label ?? name;
}

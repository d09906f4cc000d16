import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/badge';
import { actionsQuery } from '@/lib/server/catalogue';
import type { Action, FlowDocument } from '@/lib/types';
import { type Doc, isObject, type Json, listOf, objectOf, textOf } from './model/json';
import { wordsOf } from './model/starters';
import { blocksOf, idOf, kindOf, rootBlocks, type Step } from './model/steps';
import { summaryOf } from './model/summary';
import { StepIcon } from './steps/icons';

const filterNames: Record<string, string> = {
  campaigns: 'Campaigns',
  agents: 'Agents',
  dispositions: 'Results',
  statuses: 'Statuses',
  numbers: 'Numbers',
  flows: 'Flows',
  connected: 'Answered',
  min_duration_s: 'At least (seconds)',
  max_duration_s: 'At most (seconds)',
  every_s: 'At most once in (seconds)',
  if: 'If',
};

const isGiven = (value: Json) => value !== null && !(Array.isArray(value) && value.length === 0);
const written = (value: Json): string =>
  Array.isArray(value)
    ? value.map(textOf).join(', ')
    : value === true
      ? 'yes'
      : value === false
        ? 'no'
        : textOf(value);

/** What a flow does, to be read and not to be changed. */
export function FlowOutline({ document }: { document: FlowDocument }) {
  const actions = useQuery(actionsQuery());
  const doc = document as Doc;
  const filters = Object.entries(objectOf(doc.where)).filter(([, value]) => isGiven(value));
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="text-xs text-ink-mute">Starts when</p>
        <p className="mt-1 flex flex-wrap gap-1">
          {listOf(doc.on).map((kind) => (
            <Badge key={textOf(kind)} mono>
              {textOf(kind)}
            </Badge>
          ))}
        </p>
      </div>
      {filters.length > 0 && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          {filters.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-mute">{filterNames[name] ?? name}</dt>
              <dd className="min-w-0 font-mono text-xs break-words">{written(value)}</dd>
            </div>
          ))}
        </dl>
      )}
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
              <StepIcon kind={kindOf(step)} />
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

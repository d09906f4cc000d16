import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { Panel } from '@/components/panel';
import { Select } from '@/components/select';
import type { AgentQuestion, ValueType } from '@/lib/types';
import { ChoicesField } from './choices-field';
import { useAgent, useProblem } from './context';
import { replaced, types } from './settings';

/** Questions whose answers decide what follows. */
export function QuestionsTab() {
  const { settings, set } = useAgent();
  const problem = useProblem();
  const all = settings.questions ?? [];
  const put = (at: number, question: AgentQuestion | undefined) =>
    set({ questions: replaced(all, at, question) });
  const add = (
    <Button
      icon={<Plus aria-hidden="true" />}
      onClick={() => set({ questions: [...all, { question: '', type: 'text' }] })}
    >
      Add a question
    </Button>
  );
  if (all.length === 0) {
    return (
      <Panel>
        <Empty title="No key questions yet" action={add}>
          What every call should answer. Post-call actions can be for certain answers only, and flows see them
          as answers['…'].
        </Empty>
      </Panel>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {all.map((question, at) => (
        <Panel key={at}>
          <div
            role="group"
            aria-label={question.question || `question ${at + 1}`}
            className="flex flex-col gap-3"
          >
            <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto]">
              <Field label="Question" error={problem(`/questions/${at}/question`)}>
                {(ids) => (
                  <Input
                    {...ids}
                    maxLength={300}
                    autoComplete="off"
                    placeholder="How many seats do they need?"
                    value={question.question}
                    onChange={(event) => put(at, { ...question, question: event.target.value })}
                  />
                )}
              </Field>
              <Field label="Answer">
                {(ids) => (
                  <Select
                    {...ids}
                    value={question.type ?? 'text'}
                    onChange={(event) => put(at, { ...question, type: event.target.value as ValueType })}
                  >
                    {types.map(([value, label]) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <IconButton
                label={`Remove question ${at + 1}`}
                icon={<Trash2 aria-hidden="true" />}
                className="sm:mt-6"
                onClick={() => put(at, undefined)}
              />
            </div>
            {question.type === 'choice' && (
              <ChoicesField
                value={question.choices}
                error={problem(`/questions/${at}/choices`)}
                onChange={(choices) => put(at, { ...question, choices })}
              />
            )}
          </div>
        </Panel>
      ))}
      <div>{add}</div>
    </div>
  );
}

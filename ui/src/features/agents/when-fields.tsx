import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import type { AgentAction } from '@/lib/types';
import { useAgent, useProblem } from './context';
import { given, replaced } from './settings';
import { WordsField } from './words-field';

type When = NonNullable<AgentAction['when']>;
type Answer = NonNullable<When['answers']>[number];

const compares: [value: Answer['is'], label: string][] = [
  ['equal', 'is'],
  ['not_equal', 'is not'],
  ['contains', 'contains'],
  ['at_least', 'is at least'],
  ['at_most', 'is at most'],
  ['given', 'was answered'],
];

/** What a call can end as without anything set up. */
const dispositions = ['Interested', 'Not interested', 'Call later', 'DNC', 'Voicemail', 'Wrong number'];
const statuses = [
  'completed',
  'ended_by_customer',
  'ended_by_assistant',
  'ended',
  'unanswered',
  'busy',
  'failed',
];

type Props = { at: number; when: When; onChange: (when: When) => void };

/** Without lists in which nothing is ticked. */
const whole = (when: When): When => ({
  ...when,
  dispositions: when.dispositions?.length ? when.dispositions : undefined,
  statuses: when.statuses?.length ? when.statuses : undefined,
});

/** For which calls an action is; open at first where it says something. */
export function WhenFields({ at, when, onChange }: Props) {
  const problem = useProblem();
  const { settings } = useAgent();
  const set = (change: Partial<When>) => onChange(given(whole({ ...when, ...change })));
  const [open] = useState(JSON.stringify(when) !== '{}');
  const answers = when.answers ?? [];
  const put = (n: number, answer: Answer | undefined) => set({ answers: replaced(answers, n, answer) });
  const place = (field: string) => `/actions/${at}/when/${field}`;
  return (
    <details open={open} className="rounded-md border border-line px-3 py-2">
      <summary className="cursor-default font-medium">Only for certain calls</summary>
      <div className="mt-3 flex flex-col gap-4">
        <WordsField
          label="Dispositions"
          help="One of these; any where none is ticked."
          words={[...dispositions, ...(settings.dispositions ?? [])]}
          value={when.dispositions}
          error={problem(place('dispositions'))}
          onChange={(dispositions) => set({ dispositions })}
        />
        <WordsField
          label="Statuses"
          help="One of these; any where none is ticked."
          words={statuses}
          value={when.statuses}
          error={problem(place('statuses'))}
          onChange={(statuses) => set({ statuses })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Connected" error={problem(place('connected'))}>
            {(ids) => (
              <Select
                {...ids}
                value={String(when.connected ?? '')}
                onChange={({ target }) =>
                  set({ connected: target.value ? target.value === 'true' : undefined })
                }
              >
                <option value="">Whether or not</option>
                <option value="true">Somebody answered</option>
                <option value="false">Nobody answered</option>
              </Select>
            )}
          </Field>
          <Field
            label="Shortest call"
            help="In seconds; shorter calls are left out."
            error={problem(place('min_duration_s'))}
          >
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={0}
                step={1}
                value={when.min_duration_s ?? ''}
                onChange={({ target }) =>
                  set({
                    min_duration_s: target.value ? Math.max(0, Math.trunc(Number(target.value))) : undefined,
                  })
                }
              />
            )}
          </Field>
        </div>
        {answers.map((answer, n) => (
          <AnswerRow
            key={n}
            at={`/actions/${at}/when/answers/${n}`}
            answer={answer}
            onChange={(next) => put(n, next)}
          />
        ))}
        {(settings.questions?.length ?? 0) > 0 && (
          <div>
            <Button
              size="sm"
              icon={<Plus aria-hidden="true" />}
              onClick={() =>
                set({
                  answers: [...answers, { question: settings.questions?.[0]?.question ?? '', is: 'given' }],
                })
              }
            >
              Add an answer
            </Button>
          </div>
        )}
        <Field
          label="Condition"
          help="Any condition, such as outcome.budget >= 1000 and duration > 60."
          error={problem(`/actions/${at}/when/if`)}
        >
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-xs"
              value={when.if ?? ''}
              onChange={(event) => set({ if: event.target.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}

type RowProps = { at: string; answer: Answer; onChange: (answer: Answer | undefined) => void };

function AnswerRow({ at, answer, onChange }: RowProps) {
  const problem = useProblem();
  const { settings } = useAgent();
  const wrong = problem(`${at}/question`) ?? problem(`${at}/value`);
  const sized = answer.is === 'at_least' || answer.is === 'at_most';
  // A number that is still typed, as 1.0 before 1.05, stays as it is.
  const isNumber = (text: string) => Number.isFinite(Number(text)) && String(Number(text)) === text;
  const value = (text: string) => ((sized && text !== '') || isNumber(text) ? Number(text) : text);
  return (
    <div className="flex flex-col gap-1">
      <div className="grid gap-2 sm:grid-cols-[minmax(0,2fr)_9rem_minmax(0,1fr)_auto]">
        <Select
          aria-label="Question"
          value={answer.question}
          onChange={(event) => onChange({ ...answer, question: event.target.value })}
        >
          {settings.questions?.map(({ question }) => (
            <option key={question} value={question}>
              {question}
            </option>
          ))}
          {!settings.questions?.some(({ question }) => question === answer.question) && (
            <option value={answer.question}>{answer.question}</option>
          )}
        </Select>
        <Select
          aria-label="Comparison"
          value={answer.is}
          onChange={({ target }) => {
            const is = target.value as Answer['is'];
            onChange(
              is === 'given'
                ? { question: answer.question, is }
                : { ...answer, is, value: answer.value ?? '' },
            );
          }}
        >
          {compares.map(([is, label]) => (
            <option key={is} value={is}>
              {label}
            </option>
          ))}
        </Select>
        {answer.is === 'given' ? (
          <span className="max-sm:hidden" />
        ) : (
          <Input
            aria-label="Answer"
            type={sized ? 'number' : 'text'}
            value={String(answer.value ?? '')}
            onChange={(event) => onChange({ ...answer, value: value(event.target.value) })}
          />
        )}
        <IconButton
          label="Remove this answer"
          icon={<Trash2 aria-hidden="true" />}
          onClick={() => onChange(undefined)}
        />
      </div>
      {wrong && <p className="text-xs text-bad">{wrong}</p>}
    </div>
  );
}

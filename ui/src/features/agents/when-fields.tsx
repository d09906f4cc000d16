import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import type { AgentAction } from '@/lib/types';
import { useAgent, useProblem } from './context';
import { given, lines, replaced } from './settings';

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

type Props = { at: number; when: When; onChange: (when: When) => void };

/** For which calls an action is; open where it says something. */
export function WhenFields({ at, when, onChange }: Props) {
  const problem = useProblem();
  const { settings } = useAgent();
  const set = (change: Partial<When>) => onChange(given({ ...when, ...change }));
  const answers = when.answers ?? [];
  const put = (n: number, answer: Answer | undefined) => set({ answers: replaced(answers, n, answer) });
  const lists = [
    ['dispositions', 'Dispositions', 'Interested, Call later'],
    ['statuses', 'Statuses', 'completed, unanswered'],
  ] as const;
  return (
    <details open={JSON.stringify(when) !== '{}'} className="rounded-md border border-line px-3 py-2">
      <summary className="cursor-default font-medium">Only for certain calls</summary>
      <div className="mt-3 flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          {lists.map(([field, label, placeholder]) => {
            const text = (when[field] ?? []).join(', ');
            return (
              <Field
                key={field}
                label={label}
                help="One of these, separated by commas."
                error={problem(`/actions/${at}/when/${field}`)}
              >
                {(ids) => (
                  <Input
                    {...ids}
                    key={text}
                    autoComplete="off"
                    placeholder={placeholder}
                    defaultValue={text}
                    onBlur={(event) => set({ [field]: lines(event.target.value) })}
                  />
                )}
              </Field>
            );
          })}
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
  const value = (text: string) =>
    text !== '' && (sized || /^-?\d+(\.\d+)?$/.test(text)) ? Number(text) : text;
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

import { useQuery } from '@tanstack/react-query';
import { ChoiceSelect } from '@/components/choice-select';
import { Panel } from '@/components/panel';
import { providersQuery } from '@/lib/server/providers';
import type { AgentQuestion } from '@/lib/types';
import { AnswerFilter } from './answer-filter';
import { type CallFilter, sentiments } from './filter';
import { SecondsFilter } from './seconds-filter';

type Props = {
  filter: CallFilter;
  questions: AgentQuestion[];
  set: (change: Record<string, unknown>) => void;
};

/** What calls are less often looked for by: where they came from, how long they were, what was found out in them. */
export function MoreFilters({ filter, questions, set }: Props) {
  const platforms = useQuery(providersQuery()).data ?? [];
  const asked = questions.find(
    ({ question }) => question.trim().toLowerCase() === filter.question?.trim().toLowerCase(),
  );
  return (
    <Panel>
      <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-center">
        <ChoiceSelect
          label="Platform"
          any="Any platform"
          value={filter.provider}
          choices={platforms.map(({ name, title }) => [name, title])}
          onChange={(provider) => set({ provider })}
        />
        <ChoiceSelect
          label="Sentiment"
          any="Any sentiment"
          value={filter.sentiment}
          choices={sentiments}
          onChange={(sentiment) => set({ sentiment })}
        />
        <SecondsFilter label="Lasted at least" value={filter.min} onChange={(min) => set({ min })} />
        <SecondsFilter label="Lasted at most" value={filter.max} onChange={(max) => set({ max })} />
        {questions.length > 0 || filter.question ? (
          <>
            <ChoiceSelect
              label="Key question"
              any="Any key question"
              value={asked?.question ?? filter.question}
              choices={questions.map(({ question }) => question)}
              onChange={(question) => set({ question, answer: '' })}
              className="max-sm:col-span-2 sm:max-w-72"
            />
            {filter.question && (
              <AnswerFilter
                key={filter.question}
                question={asked}
                value={filter.answer}
                onChange={(answer) => set({ answer })}
              />
            )}
          </>
        ) : (
          <p className="text-xs text-ink-mute max-sm:col-span-2">
            Key questions of agents can be chosen here once an agent asks any.
          </p>
        )}
      </div>
    </Panel>
  );
}

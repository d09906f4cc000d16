import { useState } from 'react';
import { ChoiceSelect } from '@/components/choice-select';
import { Input } from '@/components/input';
import type { AgentQuestion } from '@/lib/types';

type Props = {
  /** As the agent asks it, where one does. */
  question: AgentQuestion | undefined;
  value: string | undefined;
  onChange: (answer: string) => void;
};

/** How a key question was answered, in the form that its type has. */
export function AnswerFilter({ question, value, onChange }: Props) {
  const [typed, setTyped] = useState(value ?? '');
  const choices: (string | [string, string])[] =
    question?.type === 'boolean'
      ? [
          ['true', 'Yes'],
          ['false', 'No'],
        ]
      : (question?.choices ?? []);
  if (choices.length > 0) {
    return (
      <ChoiceSelect label="Answer" any="Any answer" value={value} choices={choices} onChange={onChange} />
    );
  }
  return (
    <Input
      aria-label="Answer"
      placeholder="The whole answer, then Enter"
      maxLength={100}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => typed !== (value ?? '') && onChange(typed)}
      onKeyDown={(event) => event.key === 'Enter' && onChange(typed)}
      className="max-sm:col-span-2"
    />
  );
}

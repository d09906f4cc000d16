import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { use, useMemo } from 'react';
import { SampleContext, useEdit, useMarks } from '@/features/flow-editor/context';
import type { JsonObject } from '@/features/flow-editor/model/json';
import { standIns } from '@/features/flow-editor/model/scope';
import { expressionQuery, type Place } from '@/lib/server/testing';
import { useSettled } from '@/lib/use-settled';

type Props = {
  text: string;
  as: Place;
  at: string;
  /** What the step's own answer may be, where the text sees it. */
  answer?: unknown;
};

const holds = /\{\{|\$\{/;
const limit = 300;

/** What a text becomes with the sample; nothing for a text in which nothing is filled in. */
export function Preview({ text, as, at, answer }: Props) {
  const { read } = useEdit();
  const { sample, saved } = use(SampleContext);
  const settled = useSettled(text, 250);
  const marked = useMarks(at).problems.length > 0;
  // Values that only a run gives stand as their names, unless a test has given them.
  const { known, guessed } = useMemo(() => {
    const guessed = standIns(read(), at, settled);
    const own = answer === undefined ? {} : { body: answer, status: 200, headers: {} };
    return {
      known: { ...guessed, ...saved, ...own } as JsonObject,
      guessed: Object.keys(guessed).some((name) => !(name in saved)),
    };
  }, [read, at, settled, saved, answer]);
  // A placeholder that is being opened is no mistake yet.
  const opening = /\{\{\s*$/.test(settled);
  const active =
    !opening && sample.kind !== '' && settled !== '' && (as === 'condition' || holds.test(settled));
  const { data } = useQuery({
    ...expressionQuery(settled, as, sample, known),
    enabled: active,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!active || !data) return null;
  const [problem] = data.problems;
  if (problem) return marked ? null : <p className="mt-1 text-xs text-bad">{problem.message}</p>;
  if (as === 'condition') {
    return (
      <Line>
        {guessed
          ? 'Depends on earlier steps: a test shows it'
          : data.value
            ? 'Holds for the sample'
            : 'Does not hold for the sample'}
      </Line>
    );
  }
  const shown = data.text.length > limit ? `${data.text.slice(0, limit)}…` : data.text;
  const warnings = data.warnings.filter(({ message }) => !message.includes('`steps.'));
  return (
    <>
      <Line>{shown || 'nothing'}</Line>
      {warnings.map(({ message }, i) => (
        <p key={i} className="mt-0.5 text-xs text-wait">
          {message}
        </p>
      ))}
    </>
  );
}

function Line({ children }: { children: string }) {
  return (
    <p className="mt-1 text-xs break-words text-ink-soft">
      <span className="sr-only">With the sample: </span>
      <span aria-hidden="true">→ </span>
      {children}
    </p>
  );
}

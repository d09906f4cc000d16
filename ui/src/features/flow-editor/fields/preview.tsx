import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { use } from 'react';
import { SampleContext, useMarks } from '@/features/flow-editor/context';
import { expressionQuery, type Place } from '@/lib/server/testing';
import { useSettled } from './use-settled';

const holds = /\{\{|\$\{/;
const limit = 300;

/** What a text becomes with the sample; nothing for a text in which nothing is filled in. */
export function Preview({ text, as, at }: { text: string; as: Place; at: string }) {
  const { sample, saved } = use(SampleContext);
  const settled = useSettled(text, 250);
  const marked = useMarks(at).problems.length > 0;
  const active = sample.kind !== '' && settled !== '' && (as === 'condition' || holds.test(settled));
  const { data } = useQuery({
    ...expressionQuery(settled, as, sample, saved),
    enabled: active,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!active || !data) return null;
  const [problem] = data.problems;
  if (problem) return marked ? null : <p className="mt-1 text-xs text-bad">{problem.message}</p>;
  const shown = data.text ?? (data.value === undefined ? '' : JSON.stringify(data.value));
  return (
    <div className="mt-1 flex flex-col gap-0.5 text-xs text-ink-mute" aria-live="off">
      <p className="break-words">
        <span className="sr-only">With the sample: </span>
        <span aria-hidden="true">→ </span>
        <span className="text-ink-soft">
          {shown.length > limit ? `${shown.slice(0, limit)}…` : shown || 'nothing'}
        </span>
      </p>
      {data.warnings.map(({ message }, i) => (
        <p key={i} className="text-wait">
          {message}
        </p>
      ))}
    </div>
  );
}

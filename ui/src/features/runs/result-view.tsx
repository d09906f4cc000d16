import { CodeBlock } from '@/components/code-block';
import type { Entry } from '@/lib/types';

const sentences: Record<string, string> = {
  if: 'Which branch was taken:',
  switch: 'Which case was taken:',
  set: 'The values that were set:',
  wait: 'Until when the run waits:',
  try: 'What was caught:',
  for_each: 'How the items went:',
  parallel: 'How the branches went:',
  flow: 'What the other flow gave back:',
  reply: 'The answer that was given:',
  stop: 'Why the run stopped:',
  run: 'What happened to the run:',
};

/** What a step without a call to the world decided. */
export function ResultView({ entry }: { entry: Entry }) {
  if (entry.detail === undefined || entry.detail === null) {
    return <p className="text-ink-soft">This step left nothing to show beside its result.</p>;
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-soft">{sentences[entry.kind] ?? 'What the step left:'}</p>
      <CodeBlock text={JSON.stringify(entry.detail, null, 2)} json label="Result of the step" />
    </div>
  );
}

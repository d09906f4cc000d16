import { type ReactNode, useState } from 'react';
import { CodeBlock } from '@/components/code-block';
import { Notice } from '@/components/notice';
import { Panel } from '@/components/panel';
import { ProblemList } from '@/components/problem-list';
import { Segmented } from '@/components/segmented';
import { plural } from '@/lib/format';
import type { FlowDocument, RecipePreview as Shown } from '@/lib/types';

type Props = {
  shown: Shown | undefined;
  /** The flow of the recipe's examples, until there is one of what was given. */
  sample: FlowDocument;
  outline: (document: FlowDocument) => ReactNode;
};

/** What the flow will do, in words and as its document, and what is wrong with it. */
export function RecipePreview({ shown, sample, outline }: Props) {
  const [view, setView] = useState<'words' | 'json'>('words');
  const document = shown?.document ?? sample;
  const problems = (shown?.problems ?? []).filter(({ path }) => path.startsWith('/document'));
  const missing = shown?.missing_secrets ?? [];
  return (
    <Panel
      title={shown?.document ? 'The flow' : 'What it does, with examples'}
      actions={
        <Segmented
          label="How the flow is shown"
          options={[
            ['words', 'Steps'],
            ['json', 'JSON'],
          ]}
          value={view}
          onChange={setView}
        />
      }
    >
      <div className="flex flex-col gap-3">
        {problems.length > 0 && (
          <Notice tone="bad" title={`${plural(problems.length, 'problem')} in the flow`}>
            <ProblemList problems={problems.map((each) => ({ ...each, path: each.path.slice(9) }))} />
          </Notice>
        )}
        {missing.length > 0 && (
          <Notice tone="wait" title="Secrets that are not there yet">
            {missing.join(', ')}. Its steps fail until they are saved.
          </Notice>
        )}
        {view === 'json' ? (
          <CodeBlock json text={JSON.stringify(document, null, 2)} label="The flow as JSON" />
        ) : (
          outline(document)
        )}
      </div>
    </Panel>
  );
}

import { Badge } from '@/components/badge';
import { type Fact, Facts } from '@/components/facts';
import { Panel } from '@/components/panel';
import type { Call } from '@/lib/types';
import { AnalysisState } from './analysis-state';
import { AnalysisVersions } from './analysis-versions';
import { AnalyzeAgain } from './analyze-again';
import { FoundValue } from './found-value';
import { show } from './show';

const by: Record<string, string> = {
  model: 'Read out of the transcript by a language model.',
  rules: 'Read out of the transcript by simple rules.',
  platform: 'Found by the platform.',
  flow: 'Found out by a flow.',
};

/** What the analysis says, and the variables given before the call. Text from calls stays text. */
export function Outcome({ call }: { call: Call }) {
  const { snapshot } = call;
  const { analysis, variables, contact, disposition } = snapshot;
  const found = [...Object.entries(analysis?.structured ?? {}), ...Object.entries(analysis?.answers ?? {})];
  const { missing = [], evidence = {} } = analysis ?? {};
  const success = typeof analysis?.success === 'boolean' ? (analysis.success ? 'yes' : 'no') : undefined;
  const inputs = Object.entries(variables ?? {});
  const { moments, analyses } = call;
  const hasEnded = moments.some(({ kind }) => kind === 'call.ended');
  const isReadable = Boolean(snapshot.transcript?.length || analysis);
  const mayAsk = hasEnded && isReadable && analysis?.state !== 'pending' && Boolean(snapshot.agent?.profile);
  const person = Object.entries(contact ?? {});
  return (
    <>
      {(analysis || disposition || mayAsk) && (
        <Panel title="Outcome" actions={disposition && <Badge tone="live">{disposition}</Badge>}>
          <div className="flex flex-col gap-3">
            <AnalysisState analysis={analysis} />
            {!analysis && <p className="text-ink-mute">Nobody has looked yet at what it was about.</p>}
            {analysis?.summary && <p className="text-base">{analysis.summary}</p>}
            <Facts
              facts={[
                [
                  'Success',
                  analysis?.by ? (
                    <FoundValue key="success" value={success} evidence={evidence.status} />
                  ) : (
                    success
                  ),
                ],
                ['Sentiment', analysis?.sentiment],
                ...found.map(
                  ([name, value]): Fact => [
                    name,
                    <FoundValue key={name} value={value} evidence={evidence[name]} />,
                  ],
                ),
              ]}
            />
            {missing.length > 0 && (
              <p className="text-wait">Every call should say {missing.join(', ')}: this one does not.</p>
            )}
            {analysis?.by && <p className="text-xs text-ink-mute">{by[analysis.by]}</p>}
            {analyses.length > 1 && <AnalysisVersions versions={analyses} />}
            {mayAsk && <AnalyzeAgain id={call.id} />}
          </div>
        </Panel>
      )}
      {person.length > 0 && (
        <Panel title="Contact">
          <Facts facts={person.map(([name, value]) => [name.replaceAll('_', ' '), show(value)])} />
        </Panel>
      )}
      {inputs.length > 0 && (
        <Panel title="Variables">
          <Facts facts={inputs.map(([name, value]) => [name, show(value)])} />
        </Panel>
      )}
    </>
  );
}

import { Badge } from '@/components/badge';
import { Facts } from '@/components/facts';
import { Panel } from '@/components/panel';
import type { Snapshot } from '@/lib/types';

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the analysis says, and the variables given before the call. Text from calls stays text. */
export function Outcome({ snapshot }: { snapshot: Snapshot }) {
  const { analysis, variables, contact, disposition, recording } = snapshot;
  const structured = Object.entries(analysis?.structured ?? {});
  const inputs = Object.entries(variables ?? {});
  const person = Object.entries(contact ?? {});
  return (
    <>
      {(analysis || disposition) && (
        <Panel title="Outcome" actions={disposition && <Badge tone="live">{disposition}</Badge>}>
          <div className="flex flex-col gap-3">
            {analysis?.summary && <p className="text-base">{analysis.summary}</p>}
            <Facts
              facts={[
                [
                  'Success',
                  typeof analysis?.success === 'boolean' ? (analysis.success ? 'yes' : 'no') : undefined,
                ],
                ['Sentiment', analysis?.sentiment],
                ...structured.map(([name, value]): [string, string] => [name, show(value)]),
              ]}
            />
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
      {recording?.url && (
        <Panel title="Recording">
          <a
            href={/^https?:/.test(recording.url) ? recording.url : undefined}
            target="_blank"
            rel="noreferrer"
            className="break-all text-accent underline underline-offset-2"
          >
            {recording.url}
          </a>
        </Panel>
      )}
    </>
  );
}

import { ListChecks, Trash2 } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { useEdit } from '@/features/flow-editor/context';
import { casesOf, nameOfCase, placeInCase, withoutCase } from '@/features/flow-editor/model/cases';
import type { Doc } from '@/features/flow-editor/model/json';
import { useRunCases } from '@/lib/server/testing';
import type { CaseDifference, FlowDocument } from '@/lib/types';

/** The flow's test cases: all are run at once, and those that fail say what differs. */
export function Cases({ doc, goTo }: { doc: Doc; goTo: (at: string) => void }) {
  const { change } = useEdit();
  const run = useRunCases();
  const cases = casesOf(doc);
  // Results stand beside the cases that they are of.
  const tried = run.variables as Doc | undefined;
  const results = tried?.cases === doc.cases ? run.data?.cases : undefined;
  const old = results !== undefined && tried !== doc;
  const failed = results?.filter(({ ok }) => !ok).length ?? 0;
  return (
    <section aria-label="Cases" className="flex flex-col gap-2 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">Cases</h3>
        {results && (
          <span role="status" className="flex-1 text-xs text-ink-soft">
            {failed === 0 && results.length === cases.length
              ? 'All hold'
              : `${failed} of ${cases.length} fail`}
            {old && ', before the last change'}
          </span>
        )}
        {cases.length > 0 && (
          <Button
            size="sm"
            busy={run.isPending}
            icon={<ListChecks aria-hidden="true" />}
            onClick={() => run.mutate(doc as FlowDocument)}
          >
            Run all cases
          </Button>
        )}
      </div>
      {run.isError && <Failure error={run.error} what="The cases did not run" onPlace={goTo} />}
      {cases.length === 0 ? (
        <p className="text-ink-mute">
          A case keeps an event with what comes of it, in the flow itself. Run a test that sends nothing and
          keep it: from then on one click shows whether a change breaks anything.
        </p>
      ) : (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
          {cases.map((each, i) => {
            const name = nameOfCase(each, i);
            const result = results?.[i];
            return (
              <li key={i} className="flex flex-col gap-1 py-1 pr-1 pl-3">
                <div className="flex min-h-7 items-center gap-2">
                  <span className="min-w-0 flex-1 break-words">{name}</span>
                  {result && <Badge tone={result.ok ? 'ok' : 'bad'}>{result.ok ? 'holds' : 'fails'}</Badge>}
                  {results && !result && <Badge>not run: out of time</Badge>}
                  <IconButton
                    size="sm"
                    label={`Remove the case ${name}`}
                    icon={<Trash2 aria-hidden="true" />}
                    onClick={() => change((now) => withoutCase(now, i))}
                  />
                </div>
                {result && !result.ok && <Differences of={result.differences} />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const most = 300;
const shown = (value: unknown) => {
  const text = value === null ? 'nothing' : JSON.stringify(value);
  return text.length > most ? `${text.slice(0, most)}…` : text;
};

function Differences({ of }: { of: CaseDifference[] }) {
  return (
    <ul className="mb-2 flex flex-col gap-2 pr-2 text-xs">
      {of.map(({ path, expected, got, note }) => (
        <li key={path}>
          <p className="text-ink-soft">{placeInCase(path)}</p>
          <dl className="grid grid-cols-[4.5rem_minmax(0,1fr)] font-mono break-words [&_dt]:font-sans [&_dt]:text-ink-mute">
            <dt>expected</dt>
            <dd>{shown(expected)}</dd>
            <dt>got</dt>
            <dd className="text-bad">{shown(got)}</dd>
          </dl>
          {note && <p className="text-ink-soft">{note}</p>}
        </li>
      ))}
    </ul>
  );
}

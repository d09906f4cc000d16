import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { useEdit } from '@/features/flow-editor/context';
import { caseOf, casesOf, expectOf, mostCases, onlyCase, withCase } from '@/features/flow-editor/model/cases';
import { type Doc, listOf, textOf } from '@/features/flow-editor/model/json';
import { sampleQuery, useRunCases } from '@/lib/server/testing';
import { say } from '@/lib/toasts';
import type { FlowDocument, FlowReport, FlowTest } from '@/lib/types';

type Props = { asked: FlowTest; result: FlowReport };

/** Keeps the last test with the flow: the same event and answers are to come to the same from now on. */
export function SaveCase({ asked, result }: Props) {
  const { read, change } = useEdit();
  const client = useQueryClient();
  const run = useRunCases();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const full = casesOf(read()).length >= mostCases;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      const doc = read();
      // What the test was made with: another call may have been chosen since.
      const kind = textOf(listOf((asked.flow as Doc | undefined)?.on)[0]);
      const [tried, call] = [asked.event ?? undefined, asked.call_id ?? undefined];
      const own =
        tried || call ? await client.fetchQuery(sampleQuery({ kind, call, event: tried })) : undefined;
      const steps = result.steps.map(({ step }) => step);
      const bare = caseOf(name.trim(), asked, { kind, event: own?.event }, steps);
      // What is expected comes from the case itself, which sees no more than a case does.
      const report = await run.mutateAsync(onlyCase(doc, bare) as FlowDocument);
      const expect = report.cases[0] ? expectOf(report.cases[0].report, textOf(doc.name)) : bare.expect;
      change((now) => withCase(now, { ...bare, expect: expect ?? null }));
      setName('');
      say('Case added', 'It is kept with the flow when that is saved.');
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-2">
      <Field label="Keep this test as a case" help="Its event, answers and requests stand in the flow then.">
        {(ids) => (
          <span className="flex gap-2">
            <Input
              {...ids}
              required
              maxLength={200}
              placeholder="Whoever is interested becomes a lead"
              value={name}
              onChange={(event) => setName(event.target.value)}
              className="min-w-0 flex-1"
            />
            <Button
              type="submit"
              busy={busy}
              why={full ? `A flow has at most ${mostCases} cases` : undefined}
            >
              Save as a case
            </Button>
          </span>
        )}
      </Field>
      {failed !== undefined && <Failure error={failed} what="The case was not added" />}
    </form>
  );
}

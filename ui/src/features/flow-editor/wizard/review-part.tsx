import { Send } from 'lucide-react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { Panel } from '@/components/panel';
import type { Marks } from '@/features/flow-editor/context';
import { type Doc, listOf } from '@/features/flow-editor/model/json';
import { PlaceList } from '@/features/flow-editor/place-list';
import { ConfirmLive } from '@/features/flow-editor/test/confirm-live';
import { EventChoice } from '@/features/flow-editor/test/event-choice';
import { TestOutcome } from '@/features/flow-editor/test/test-outcome';
import type { Test } from '@/features/flow-editor/test/use-test';
import { NameField } from '@/features/flow-editor/trigger/name-field';
import { useMay } from '@/lib/may';
import { DryResult } from './dry-result';
import { useDryRun } from './use-dry-run';

type Props = { doc: Doc; marks: Marks; test: Test; onPlace: (at: string) => void; onSteps: () => void };

/** Review: what would be sent for a call, a test for real where that is wanted, and the name. */
export function ReviewPart({ doc, marks, test, onPlace, onSteps }: Props) {
  const empty = listOf(doc.steps).length === 0;
  const wrong = marks.problems.filter(({ path }) => path !== '/name');
  const dry = useDryRun(doc, test, !empty && wrong.length === 0);
  const { run } = test;
  const { why } = useMay('write');
  if (empty) {
    return (
      <Panel flush>
        <Empty
          title="Nothing is done yet"
          action={
            <Button look="primary" onClick={onSteps}>
              Choose what to do
            </Button>
          }
        >
          The flow has a moment and no step. Add one, and what it would send stands here.
        </Empty>
      </Panel>
    );
  }
  return (
    <>
      <NameField name={doc.name} />
      {(wrong.length > 0 || marks.warnings.length > 0) && (
        <Notice
          tone={wrong.length > 0 ? 'bad' : 'wait'}
          title={wrong.length > 0 ? 'Something is still missing' : 'Worth a look'}
        >
          <PlaceList marks={{ ...marks, problems: wrong }} onPlace={onPlace} />
        </Notice>
      )}
      <div className="max-w-md">
        <EventChoice test={test} label="For this call" />
      </div>
      {wrong.length === 0 && <DryResult run={dry} doc={doc} onPlace={onPlace} />}
      <Panel title="Try it for real">
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="min-w-0 flex-1 basis-64 text-ink-soft">
              Sends everything above once, now, and shows what the other side answered. You are asked first.
            </p>
            <Button
              busy={run.isPending}
              icon={<Send aria-hidden="true" />}
              why={wrong.length > 0 ? 'Something is still missing' : why}
              onClick={() => test.request({ as: 'live', seen: true, anyway: dry.refused })}
            >
              Send it once
            </Button>
          </div>
          {run.isError && <Failure error={run.error} what="The test did not run" onPlace={onPlace} />}
          {run.data && run.variables?.mode === 'live' && (
            <TestOutcome
              result={run.data}
              only={undefined}
              live
              goTo={onPlace}
              onAnyway={() => test.request({ as: 'live', seen: true, anyway: true })}
              doc={doc}
            />
          )}
        </div>
      </Panel>
      <ConfirmLive test={test} />
    </>
  );
}

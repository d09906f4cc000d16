import { Play, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { Panel } from '@/components/panel';
import { Segmented } from '@/components/segmented';
import type { Doc } from '@/features/flow-editor/model/json';
import { useMay } from '@/lib/may';
import { Answers } from './answers';
import { Cases } from './cases';
import { ConfirmLive } from './confirm-live';
import { EventChoice } from './event-choice';
import { EventEditor } from './event-editor';
import { SaveCase } from './save-case';
import { TestOutcome } from './test-outcome';
import type { Test } from './use-test';

/** Trying the flow: with which call, for real or not, and what each step did. */
export function TestPanel({ test, doc, goTo }: { test: Test; doc: Doc; goTo: (at: string) => void }) {
  const { run } = test;
  const { why } = useMay('write');
  // A refusal of the request names the flow in it.
  const inFlow = (at: string) => goTo(at.replace(/^\/flow(?=\/|$)/, ''));
  // Where it does not stand beside the form it is below it.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place} className="scroll-mt-28 xl:sticky xl:top-14">
      <Panel
        title="Test"
        className="xl:max-h-[calc(100vh-5rem)] xl:overflow-y-auto"
        actions={
          <IconButton
            size="sm"
            label="Close the test"
            icon={<X aria-hidden="true" />}
            onClick={() => test.setOpen(false)}
          />
        }
      >
        <div className="flex flex-col gap-4">
          <EventChoice test={test} />
          <EventEditor test={test} />
          <div className="flex flex-wrap items-center justify-between gap-2">
            <Segmented
              label="What the test does"
              options={[
                ['dry', 'Send nothing'],
                ['live', 'For real'],
              ]}
              value={test.mode}
              onChange={test.setMode}
            />
            <Button
              look="primary"
              size="sm"
              busy={run.isPending}
              why={test.mode === 'live' ? why : undefined}
              icon={<Play aria-hidden="true" />}
              onClick={() => test.request()}
            >
              {test.mode === 'dry' ? 'Run the test' : 'Run for real'}
            </Button>
          </div>
          {test.mode === 'dry' && <Answers doc={doc} />}
          {run.isError && <Failure error={run.error} what="The test did not run" onPlace={inFlow} />}
          {run.data ? (
            <TestOutcome
              result={run.data}
              only={test.only}
              live={run.variables?.mode === 'live'}
              goTo={goTo}
              onAnyway={() => test.request({ anyway: true })}
              doc={doc}
            />
          ) : (
            !run.isError &&
            !run.isPending && (
              <Empty title="Nothing tested yet">
                A test fills in every value and shows each request. “Send nothing” opens no connection.
              </Empty>
            )
          )}
          {run.data && run.variables?.mode === 'dry' && <SaveCase asked={run.variables} result={run.data} />}
          <Cases doc={doc} goTo={inFlow} />
        </div>
        <ConfirmLive test={test} />
      </Panel>
    </div>
  );
}

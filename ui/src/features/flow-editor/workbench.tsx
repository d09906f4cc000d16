import { lazy, type ReactNode, type RefObject, Suspense, useMemo } from 'react';
import type { EditorHandle } from '@/components/json-editor';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Split } from '@/components/split';
import { ofTest } from './canvas/results';
import type { Chosen } from './canvas/use-place';
import type { Marks } from './context';
import { FlowForm } from './flow-form';
import { JsonTab } from './json-tab';
import { type Doc, textOf } from './model/json';
import type { Saving } from './save-buttons';
import { TestPanel } from './test/test-panel';
import type { Test } from './test/use-test';
import { Toolbar, type View } from './toolbar';
import type { DocumentState } from './use-document';
import { useFollow } from './use-follow';

/** The canvas and what draws it, when it is first looked at. */
const CanvasView = lazy(() => import('./canvas/canvas-view').then((file) => ({ default: file.CanvasView })));

type Props = {
  doc: Doc;
  view: Exclude<View, 'wizard'>;
  onView: (view: View) => void;
  /** The text stands beside the form or the picture. */
  beside: boolean;
  onBeside: (beside: boolean) => void;
  /** Brings a step of the form into sight. */
  reveal: (at: string) => void;
  state: DocumentState;
  chosen: Chosen;
  settles: boolean | undefined;
  marks: Marks;
  test: Test;
  text: RefObject<EditorHandle | null>;
  onPlace: (at: string) => void;
  saving: Saving;
  newer: ReactNode;
  failure: ReactNode;
  extra: ReactNode;
};

/** Everything a flow can be, as a form, as a picture or as text, under one toolbar and beside one test. */
export function Workbench(props: Props) {
  const { doc, view, state, chosen, settles, marks, test, saving } = props;
  const { fault, dropText } = state;
  const steps = test.run.data?.steps;
  const results = useMemo(() => ofTest(steps ?? [], textOf(doc.name)), [steps, doc.name]);
  const { onFocus, onPlace } = useFollow({
    read: state.read,
    chosen,
    drawn: view === 'canvas',
    text: props.text,
    reveal: props.reveal,
  });
  const form =
    view === 'canvas' ? (
      <Suspense
        fallback={
          <Panel>
            <Skeleton rows={8} label="Loading the canvas" />
          </Panel>
        }
      >
        <CanvasView
          doc={doc}
          chosen={chosen}
          settles={settles}
          results={results}
          fault={fault}
          onDropText={dropText}
        />
      </Suspense>
    ) : (
      <FlowForm doc={doc} settles={settles} fault={fault} onDropText={dropText} />
    );
  return (
    <>
      <Toolbar
        view={view}
        onView={props.onView}
        beside={props.beside}
        onBeside={props.onBeside}
        state={state}
        marks={marks}
        test={test}
        onPlace={props.onPlace}
        saving={saving}
        extra={props.extra}
      />
      {props.newer}
      {props.failure}
      <div
        className={
          test.open
            ? 'grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]'
            : 'grid grid-cols-1'
        }
      >
        <div className="min-w-0">
          {view === 'text' ? (
            <JsonTab state={state} marks={marks} handle={props.text} />
          ) : props.beside ? (
            <Split
              label="Divider between the flow and its text"
              // biome-ignore lint/a11y/noStaticElementInteractions: it only follows where the focus is
              left={<div onFocus={onFocus}>{form}</div>}
              right={
                <div className="lg:sticky lg:top-14">
                  <JsonTab state={state} marks={marks} handle={props.text} onPlace={onPlace} />
                </div>
              }
            />
          ) : (
            form
          )}
        </div>
        {test.open && <TestPanel test={test} doc={doc} goTo={props.onPlace} />}
      </div>
    </>
  );
}

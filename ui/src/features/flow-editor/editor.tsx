import { lazy, type ReactNode, Suspense, useMemo, useRef } from 'react';
import { Failure } from '@/components/failure';
import type { EditorHandle } from '@/components/json-editor';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import type { FieldProblem } from '@/lib/problem';
import type { FlowDocument } from '@/lib/types';
import { ofTest } from './canvas/results';
import { usePlace } from './canvas/use-place';
import type { Edit } from './context';
import { FlowForm } from './flow-form';
import { JsonTab } from './json-tab';
import { Leaving } from './leaving';
import { type Doc, listOf, textOf } from './model/json';
import { Newer } from './newer';
import { EditorProviders } from './providers';
import type { Saving } from './save-buttons';
import { TestContext } from './test/results';
import { TestPanel } from './test/test-panel';
import { useTest } from './test/use-test';
import { Toolbar, type View } from './toolbar';
import { useCards } from './use-cards';
import { useCheck } from './use-check';
import { useDocument } from './use-document';
import { useEarly } from './use-early';
import { useKeys } from './use-keys';

/** The canvas and what draws it, when it is first looked at. */
const CanvasView = lazy(() => import('./canvas/canvas-view').then((file) => ({ default: file.CanvasView })));

type Props = {
  document: FlowDocument;
  /** It is not saved yet: it may be as it is, and what it lacks is no problem before something was done. */
  isNew?: boolean;
  /** It has been saved, and the page is about to be left. */
  done?: boolean;
  view: View;
  /** The step that is chosen on the canvas. */
  step: string | undefined;
  onShow: (next: { view?: View; step?: string | undefined }) => void;
  warnings: FieldProblem[];
  onSave: (document: FlowDocument, draft: boolean) => void;
  saving: 'publish' | 'draft' | undefined;
  error: unknown;
  words: Pick<Saving, 'publish' | 'draft'>;
  /** A version that somebody else has saved meanwhile. */
  newer?: { version: number; load: () => void } | undefined;
  extra?: ReactNode;
};

/** A flow as an ordered form, as a picture and as text, always in step, with its test beside it. */
export function FlowEditor({
  document,
  isNew = false,
  done = false,
  view,
  step,
  onShow,
  warnings,
  onSave,
  saving,
  error,
  words,
  newer,
  extra,
}: Props) {
  const { why } = useMay('write');
  const frame = useRef<HTMLDivElement>(null);
  const text = useRef<EditorHandle>(null);
  const state = useDocument(document as Doc);
  const { doc, fault, changed, read, set, change } = state;
  const cards = useCards(read, frame);
  const chosen = usePlace(doc, read, step, (next) => onShow({ step: next }));
  const checked = useCheck(doc, warnings);
  const { marks, setFresh } = useEarly(frame, checked, {
    quiet: isNew && !changed,
    nameless: isNew && doc.name === '' && !error,
  });
  const test = useTest(read, textOf(listOf(doc.on)[0]));
  const steps = test.run.data?.steps;
  const results = useMemo(() => ofTest(steps ?? [], textOf(doc.name)), [steps, doc.name]);

  const canSave = !why && !fault && !saving && (changed || isNew);
  const save = (draft: boolean) => {
    setFresh(undefined);
    if (canSave) onSave(state.submit() as FlowDocument, draft);
  };
  useKeys(frame, { save: () => save(false), undo: state.undo, redo: state.redo });

  const goTo = view === 'canvas' ? chosen.goTo : cards.goTo;
  const { toggle } = cards;
  const edit = useMemo<Edit>(
    () => ({
      set,
      change,
      read,
      toggle,
      goTo,
      renamed: (old, id) => {
        cards.renamed(old, id);
        chosen.renamed(old, id);
      },
      move: (make, inside = false) => {
        const { doc, at } = make(read());
        change(() => doc);
        // The change is made when it is drawn.
        setTimeout(() => {
          if (inside) setFresh(at);
          goTo(at, inside);
        });
      },
    }),
    [set, change, read, toggle, cards.renamed, chosen.renamed, goTo, setFresh],
  );
  const inText = (at: string) => setTimeout(() => text.current?.goTo(at));
  // What the form has no field for is shown in the text.
  const inForm = (at: string) => at === '' || /^\/(name|on|where|steps|on_failure)(\/|$)/.test(at);
  const onPlace = (at: string) => {
    if (view !== 'text' && inForm(at)) return goTo(at, true);
    onShow({ view: 'text' });
    inText(at);
  };
  const onView = (next: View) => {
    onShow({ view: next });
    const place = chosen.places.get(chosen.selected);
    if (view !== 'canvas' || place?.what !== 'step') return;
    if (next === 'text') inText(place.at);
    else cards.goTo(place.at);
  };
  return (
    <EditorProviders edit={edit} marks={marks} toggled={cards.toggled} sample={test.sample}>
      <TestContext value={test.context}>
        <div ref={frame} className="flex flex-col gap-4">
          <Toolbar
            view={view}
            onView={onView}
            state={state}
            marks={marks}
            test={test}
            onPlace={onPlace}
            saving={{
              ...words,
              onSave: save,
              busy: saving,
              why:
                why ??
                (fault ? 'The text is not JSON yet' : canSave || saving ? undefined : 'Nothing was changed'),
            }}
            extra={extra}
          />
          <Newer newer={newer} changed={changed} onLoad={state.yield} />
          {error ? <Failure error={error} what="The flow was not saved" onPlace={onPlace} /> : null}
          <div
            className={
              test.open
                ? 'grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]'
                : 'grid grid-cols-1'
            }
          >
            <div className="min-w-0">
              {view === 'text' ? (
                <JsonTab state={state} marks={marks} onSave={() => save(false)} handle={text} />
              ) : view === 'canvas' ? (
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
                    settles={checked.settles}
                    results={results}
                    fault={fault}
                    onDropText={state.dropText}
                  />
                </Suspense>
              ) : (
                <FlowForm doc={doc} settles={checked.settles} fault={fault} onDropText={state.dropText} />
              )}
            </div>
            {test.open && <TestPanel test={test} doc={doc} goTo={onPlace} />}
          </div>
        </div>
        <Leaving changed={changed && !saving && !done} />
      </TestContext>
    </EditorProviders>
  );
}

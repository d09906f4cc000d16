import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { Failure } from '@/components/failure';
import type { EditorHandle } from '@/components/json-editor';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import type { FieldProblem } from '@/lib/problem';
import type { FlowDocument } from '@/lib/types';
import { usePlace } from './canvas/use-place';
import type { Edit } from './context';
import { canKeep, useKept } from './kept';
import { Leaving } from './leaving';
import { type Doc, listOf, textOf } from './model/json';
import { Newer } from './newer';
import { EditorProviders } from './providers';
import type { Saving } from './save-buttons';
import { PinsContext, TestContext } from './test/results';
import type { OfRun } from './test/use-of-run';
import { useTest } from './test/use-test';
import type { View } from './toolbar';
import { useCards } from './use-cards';
import { useCheck } from './use-check';
import { useDocument } from './use-document';
import { useEarly } from './use-early';
import { useKeys } from './use-keys';
import type { Part } from './wizard/parts';
import { useAim } from './wizard/use-aim';
import { Workbench } from './workbench';

/** The three steps, for those who take them. */
const Wizard = lazy(() => import('./wizard/wizard').then((file) => ({ default: file.Wizard })));

/** What of a flow is shown, as the address says it. */
export type Shown = {
  view?: View;
  part?: Part | undefined;
  step?: string | undefined;
  /** Whether the text stands beside the form or the picture. */
  text?: 'beside' | undefined;
};

type Props = {
  document: FlowDocument;
  /** Its id, once it is saved. */
  flow?: string;
  /** What was made of it before and is not saved. */
  kept?: Doc | undefined;
  /** It is not saved yet: it may be as it is, and what it lacks is no problem before something was done. */
  isNew?: boolean;
  /** It has been saved, and the page is about to be left. */
  done?: boolean;
  view: View;
  /** The part of the three steps. */
  part?: Part | undefined;
  /** The step that is chosen on the canvas. */
  step: string | undefined;
  /** The text stands beside the form or the picture. */
  beside?: boolean;
  /** The call that it is tried on at first; the sample else. */
  call?: string | undefined;
  /** A run whose event and answers it is tried with. */
  ofRun?: OfRun | undefined;
  onShow: (next: Shown) => void;
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
  flow,
  kept,
  isNew = false,
  done = false,
  view,
  part = 'when',
  step,
  beside = false,
  call,
  ofRun,
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
  const state = useDocument(document as Doc, kept);
  const { doc, fault, changed, read, set, change } = state;
  useKept(isNew && !done, changed ? doc : undefined);
  const cards = useCards(read, frame);
  const chosen = usePlace(doc, read, step, (next) => onShow({ step: next }));
  const checked = useCheck(doc, warnings);
  const { marks, setFresh } = useEarly(frame, checked, {
    quiet: isNew && !changed,
    nameless: isNew && doc.name === '' && !error,
  });
  const test = useTest(read, textOf(listOf(doc.on)[0]), flow, call, ofRun);
  const canSave = !why && !fault && !saving && (changed || isNew);
  const save = (draft: boolean) => {
    setFresh(undefined);
    if (canSave) onSave(state.submit() as FlowDocument, draft);
  };
  const [keeps] = useState(canKeep);
  useKeys(frame, { save: () => save(false), undo: state.undo, redo: state.redo });

  const goTo = view === 'canvas' ? chosen.goTo : cards.goTo;
  const { toggle } = cards;
  const { renamed, pinned } = test;
  const { goTo: goToCard } = cards;
  const reveal = useCallback((at: string) => goToCard(at, false, true), [goToCard]);
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
        renamed(old, id);
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
    [set, change, read, toggle, cards.renamed, chosen.renamed, renamed, goTo, setFresh],
  );
  const inText = (at: string) => setTimeout(() => text.current?.goTo(at));
  // What the form has no field for is shown in the text.
  const inForm = (at: string) => at === '' || /^\/(name|on|where|steps|on_failure)(\/|$)/.test(at);
  const aimAt = useAim({ view, part }, onShow, cards.goTo);
  const onPlace = (at: string) => {
    if (view === 'wizard') return aimAt(at);
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
  const newerNotice = <Newer newer={newer} changed={changed} onLoad={state.yield} />;
  const saves = {
    ...words,
    onSave: save,
    busy: saving,
    why: why ?? (fault ? 'The text is not JSON yet' : canSave || saving ? undefined : 'Nothing was changed'),
  };
  const failure = error ? <Failure error={error} what="The flow was not saved" onPlace={onPlace} /> : null;
  const shared = { doc, marks, test, onView, onPlace, saving: saves, failure };
  return (
    <EditorProviders
      doc={doc}
      edit={edit}
      marks={marks}
      found={checked.problems}
      toggled={cards.toggled}
      sample={test.sample}
    >
      <TestContext value={test.context}>
        <PinsContext value={pinned}>
          <div ref={frame} className="flex flex-col gap-4">
            {view === 'wizard' ? (
              <Suspense fallback={<Skeleton rows={8} label="Loading the three steps" />}>
                <Wizard
                  {...shared}
                  isNew={isNew}
                  part={part}
                  onPart={(next) => onShow({ part: next })}
                  fault={fault}
                  onDropText={state.dropText}
                  newer={newerNotice}
                />
              </Suspense>
            ) : (
              <Workbench
                {...shared}
                view={view}
                beside={beside}
                onBeside={(next) => onShow({ text: next ? 'beside' : undefined })}
                reveal={reveal}
                state={state}
                chosen={chosen}
                settles={checked.settles}
                text={text}
                newer={newerNotice}
                extra={extra}
              />
            )}
          </div>
          <Leaving changed={changed && !saving && !done && !(isNew && keeps)} />
        </PinsContext>
      </TestContext>
    </EditorProviders>
  );
}

import { type ReactNode, useMemo, useRef } from 'react';
import { Failure } from '@/components/failure';
import type { EditorHandle } from '@/components/json-editor';
import type { FieldProblem } from '@/lib/problem';
import type { FlowDocument } from '@/lib/types';
import type { Edit } from './context';
import { FlowForm } from './flow-form';
import { JsonTab } from './json-tab';
import { Leaving } from './leaving';
import { type Doc, listOf, textOf } from './model/json';
import { Newer } from './newer';
import { EditorProviders } from './providers';
import { TestContext } from './test/results';
import { TestPanel } from './test/test-panel';
import { useTest } from './test/use-test';
import { Toolbar, type View } from './toolbar';
import { useCards } from './use-cards';
import { useCheck } from './use-check';
import { useDocument } from './use-document';
import { useFresh } from './use-fresh';
import { useKeys } from './use-keys';

type Props = {
  document: FlowDocument;
  /** It is not saved yet: it may be as it is, and what it lacks is no problem before something was done. */
  isNew?: boolean;
  /** It has been saved, and the page is about to be left. */
  done?: boolean;
  view: View;
  onView: (view: View) => void;
  warnings: FieldProblem[];
  onSave: (document: FlowDocument) => void;
  saving: boolean;
  error: unknown;
  saveLabel: string;
  /** A version that somebody else has saved meanwhile. */
  newer?: { version: number; load: () => void } | undefined;
  extra?: ReactNode;
};

/** A flow as an ordered form and as text, always in step, with its test beside it. */
export function FlowEditor({
  document,
  isNew = false,
  done = false,
  view,
  onView,
  warnings,
  onSave,
  saving,
  error,
  saveLabel,
  newer,
  extra,
}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const json = useRef<EditorHandle>(null);
  const state = useDocument(document as Doc);
  const { doc, fault, changed, read, set, change } = state;
  const cards = useCards(read, frame);
  const [fresh, setFresh] = useFresh(frame);
  const checked = useCheck(doc, warnings);
  const quiet = isNew && !changed;
  const nameless = isNew && doc.name === '' && !error;
  const marks = useMemo(() => {
    const isEarly = (path: string) =>
      quiet || (nameless && path === '/name') || (fresh !== undefined && `${path}/`.startsWith(`${fresh}/`));
    const problems = checked.problems.filter(({ path }) => !isEarly(path));
    return { problems, warnings: checked.warnings };
  }, [checked, fresh, quiet, nameless]);
  const test = useTest(read, textOf(listOf(doc.on)[0]));

  const canSave = !fault && !saving && (changed || isNew);
  const save = () => {
    setFresh(undefined);
    if (canSave) onSave(state.submit() as FlowDocument);
  };
  useKeys(frame, { save, undo: state.undo, redo: state.redo });

  const { toggle, renamed, goTo } = cards;
  const edit = useMemo<Edit>(
    () => ({
      set,
      change,
      read,
      toggle,
      renamed,
      goTo,
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
    [set, change, read, toggle, renamed, goTo, setFresh],
  );
  // What the form has no field for is shown in the text.
  const inForm = (at: string) => at === '' || /^\/(name|on|where|steps|on_failure)(\/|$)/.test(at);
  const onPlace = (at: string) => {
    if (view === 'form' && inForm(at)) return goTo(at, true);
    onView('json');
    setTimeout(() => json.current?.goTo(at));
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
            onSave={save}
            canSave={canSave}
            saving={saving}
            saveLabel={saveLabel}
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
              {view === 'json' ? (
                <JsonTab state={state} marks={marks} onSave={save} handle={json} />
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

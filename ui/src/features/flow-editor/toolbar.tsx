import { Columns2, FlaskConical, Redo2, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import type { Marks } from './context';
import { PlaceList } from './place-list';
import { SaveButtons, type Saving } from './save-buttons';
import type { Test } from './test/use-test';
import type { DocumentState } from './use-document';
import { ViewChoice } from './view-choice';

export type View = 'wizard' | 'form' | 'canvas' | 'text';

type Props = {
  view: View;
  onView: (view: View) => void;
  beside: boolean;
  onBeside: (beside: boolean) => void;
  state: DocumentState;
  marks: Marks;
  test: Test;
  onPlace: (at: string) => void;
  saving: Saving;
  extra?: ReactNode;
};

/** The views, back and forth, what is wrong, test and save; it stays in sight. */
export function Toolbar({
  view,
  onView,
  beside,
  onBeside,
  state,
  marks,
  test,
  onPlace,
  saving,
  extra,
}: Props) {
  const [listed, setListed] = useState(false);
  const { problems, warnings } = marks;
  const found = problems.length + warnings.length;
  const words = [
    problems.length > 0 && plural(problems.length, 'problem'),
    warnings.length > 0 && plural(warnings.length, 'warning'),
  ].filter(Boolean);
  return (
    <div className="sticky top-12 z-20 -mx-1 flex flex-col gap-2 bg-surface px-1 py-2 md:top-0">
      <div className="flex flex-wrap items-center gap-2">
        <ViewChoice view={view} onView={onView} />
        {view !== 'text' && (
          <IconButton
            size="sm"
            label="The text beside it"
            aria-pressed={beside}
            className="aria-pressed:bg-inset aria-pressed:text-ink"
            icon={<Columns2 aria-hidden="true" />}
            onClick={() => onBeside(!beside)}
          />
        )}
        <span className="flex">
          <IconButton
            size="sm"
            label="Undo (Ctrl+Z)"
            icon={<Undo2 aria-hidden="true" />}
            disabled={!state.undo}
            onClick={state.undo}
          />
          <IconButton
            size="sm"
            label="Redo (Ctrl+Shift+Z)"
            icon={<Redo2 aria-hidden="true" />}
            disabled={!state.redo}
            onClick={state.redo}
          />
        </span>
        <span role="status">
          {found > 0 && (
            <button
              type="button"
              aria-expanded={listed}
              onClick={() => setListed(!listed)}
              className={classes(
                'h-7 rounded-md px-2 text-xs font-medium',
                problems.length > 0 ? 'bg-bad-soft text-bad' : 'bg-wait-soft text-wait',
              )}
            >
              {words.join(', ')}
            </button>
          )}
        </span>
        <span className="flex flex-1 flex-wrap items-center justify-end gap-2">
          {extra}
          {state.changed && (
            <Button size="sm" look="quiet" onClick={state.discard}>
              Discard changes
            </Button>
          )}
          <Button
            size="sm"
            aria-pressed={test.open}
            icon={<FlaskConical aria-hidden="true" />}
            onClick={() => test.setOpen(!test.open)}
          >
            Test
          </Button>
          <SaveButtons saving={saving} />
        </span>
      </div>
      {state.changed && (
        <p className="text-right text-xs text-ink-mute max-sm:text-left">
          {saving.publish.label}: {saving.publish.hint}. {saving.draft.label}: {saving.draft.hint}
        </p>
      )}
      {listed && found > 0 && (
        <div className="max-h-64 overflow-auto rounded-md border border-line bg-raised p-3 shadow-pop">
          <PlaceList marks={marks} onPlace={onPlace} />
        </div>
      )}
    </div>
  );
}

import { lazy, type Ref, Suspense, useImperativeHandle, useMemo, useState } from 'react';
import { classes } from '@/lib/classes';
import { findPointer, syntaxError } from '@/lib/json-place';
import type { Offering } from '@/lib/offers';
import type { FieldProblem } from '@/lib/problem';
import type { FieldIds } from './field';
import { Skeleton } from './skeleton';

const JsonArea = lazy(() => import('./json-area').then((module) => ({ default: module.JsonArea })));

export type EditorHandle = {
  /** Gives a place the focus. */
  goTo: (path: string) => void;
  /** Brings a place into sight and marks it, while nobody writes in the text. */
  show: (path: string) => void;
};
/** A place that was asked for; it is kept until the field has been loaded. */
export type Wanted = { path: string; offset?: number; focus: boolean };
/** Something wrong, and where; a place that is not there has no line. */
export type Mark = {
  message: string;
  severity: 'error' | 'warning';
  offset?: number | undefined;
  line?: number | undefined;
};

type Props = {
  value: string;
  onChange: (value: string) => void;
  label: string;
  problems?: FieldProblem[];
  warnings?: FieldProblem[];
  /** What could be written at a place. */
  offering?: Offering | undefined;
  onSave?: () => void;
  /** Told the place of the cursor whenever it moves, while the text is JSON. */
  onPlace?: (path: string) => void;
  readOnly?: boolean;
  /** Stands there while nothing else does. */
  example?: string | undefined;
  /** As high as the window allows, not as its text. */
  tall?: boolean;
  ids?: FieldIds | undefined;
  ref?: Ref<EditorHandle>;
};

const none: FieldProblem[] = [];

/** A field for JSON with line numbers, colours and completion; what is wrong stands at its place and in words below. */
export function JsonEditor({
  value,
  onChange,
  label,
  problems = none,
  warnings = none,
  offering,
  onSave,
  onPlace,
  readOnly = false,
  example = '',
  tall = false,
  ids,
  ref,
}: Props) {
  const [wanted, setWanted] = useState<Wanted>();
  const marks = useMemo<Mark[]>(() => {
    const fault = value.trim() === '' ? undefined : syntaxError(value);
    if (fault) return [{ ...fault, severity: 'error' }];
    const as = (severity: Mark['severity']) => (each: FieldProblem) => ({
      message: each.message,
      severity,
      ...findPointer(value, each.path),
    });
    const all = [...problems.map(as('error')), ...warnings.map(as('warning'))];
    return all.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }, [value, problems, warnings]);
  useImperativeHandle(ref, () => ({
    goTo: (path) => setWanted({ path, focus: true }),
    show: (path) => setWanted({ path, focus: false }),
  }));
  const box = tall ? 'h-[60vh] min-h-72' : 'max-h-96 min-h-24';
  return (
    <div
      className={classes(
        'flex min-w-0 flex-col overflow-hidden',
        !tall && 'rounded-md border',
        !tall && (marks.length > 0 ? 'border-bad' : 'border-line-strong'),
      )}
    >
      <Suspense
        fallback={
          <div className={classes(box, 'p-3')}>
            <Skeleton rows={tall ? 8 : 3} label="Loading the text" />
          </div>
        }
      >
        <JsonArea
          value={value}
          onChange={onChange}
          label={label}
          marks={marks}
          offering={offering}
          wanted={wanted}
          onPlace={onPlace}
          onSave={onSave}
          readOnly={readOnly}
          example={example}
          className={box}
          ids={ids}
        />
      </Suspense>
      {marks.length > 0 && (
        <div role="status" className="max-h-28 overflow-y-auto border-t border-line px-3 py-1.5 text-xs">
          <ul aria-label={`Problems of ${label}`}>
            {marks.map(({ message, severity, line, offset }, i) => (
              <li key={i} className={severity === 'error' ? 'text-bad' : 'text-wait'}>
                {offset === undefined ? (
                  message
                ) : (
                  <button
                    type="button"
                    className="text-left underline-offset-2 hover:underline"
                    onClick={() => setWanted({ path: '', offset, focus: true })}
                  >
                    Line {line}: {message}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

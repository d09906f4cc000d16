import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { classes } from '@/lib/classes';
import { findPointer, pointerAt, syntaxError } from '@/lib/json-place';
import type { FieldProblem } from '@/lib/problem';

export type EditorHandle = {
  /** Gives a place the focus. */
  goTo: (path: string) => void;
  /** Brings a place into sight and marks it, while nobody writes in the text. */
  show: (path: string) => void;
};

type Props = {
  value: string;
  onChange: (value: string) => void;
  onSave?: () => void;
  problems: FieldProblem[];
  label: string;
  /** Told the place of the cursor whenever it moves, while the text is JSON. */
  onPlace?: (path: string) => void;
  readOnly?: boolean;
  /** As a part of something else. */
  low?: boolean;
  ref?: Ref<EditorHandle>;
};

/** A text field for JSON with line numbers; lines with problems are marked, Ctrl+S saves, Tab leaves the field. */
export function JsonEditor({
  value,
  onChange,
  onSave,
  problems,
  label,
  onPlace,
  readOnly = false,
  low = false,
  ref,
}: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split('\n').length;
  const fault = useMemo(() => syntaxError(value), [value]);
  const marks = useMemo(() => {
    const byLine = new Map<number, string>();
    for (const problem of problems) {
      const place = findPointer(value, problem.path);
      if (place) byLine.set(place.line, problem.message);
    }
    return byLine;
  }, [value, problems]);
  if (fault) marks.set(fault.line, fault.message);

  const [shown, setShown] = useState<number>();
  const scrollTo = (area: HTMLTextAreaElement, line: number) => {
    area.scrollTop = Math.max(0, (line - 6) * 20);
  };
  const select = (offset: number) => {
    const area = field.current;
    if (!area) return;
    const end = value.indexOf('\n', offset);
    area.focus();
    area.setSelectionRange(offset, end < 0 ? value.length : end);
    scrollTo(area, value.slice(0, offset).split('\n').length);
  };
  useImperativeHandle(ref, () => ({
    goTo: (path) => {
      const place = findPointer(value, path);
      if (place) select(place.offset);
    },
    show: (path) => {
      const [area, place] = [field.current, findPointer(value, path)];
      if (!area || !place || document.activeElement === area) return;
      scrollTo(area, place.line);
      setShown(place.line);
    },
  }));

  return (
    <div className="flex flex-col">
      <div className={classes('flex overflow-hidden font-mono text-xs', low ? 'h-64' : 'h-[60vh] min-h-72')}>
        <div
          ref={gutter}
          aria-hidden="true"
          className="w-11 shrink-0 overflow-hidden border-r border-line bg-canvas py-3 text-right leading-5 text-ink-mute select-none"
        >
          {Array.from({ length: lines }, (_, i) => (
            <div
              key={i}
              title={marks.get(i + 1)}
              className={classes(
                'pr-2',
                shown === i + 1 && 'bg-accent-soft text-ink',
                marks.has(i + 1) && 'bg-bad-soft font-bold text-bad',
              )}
            >
              {i + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={field}
          aria-label={label}
          aria-invalid={marks.size > 0 || undefined}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          wrap="off"
          readOnly={readOnly}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onSelect={({ currentTarget }) => {
            setShown(undefined);
            const path = onPlace && pointerAt(value, currentTarget.selectionStart);
            if (path !== undefined) onPlace?.(path);
          }}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
          onKeyDown={(event) => {
            if (onSave && (event.ctrlKey || event.metaKey) && event.key === 's') {
              event.preventDefault();
              onSave();
            }
          }}
          className="min-w-0 flex-1 resize-none bg-surface p-3 leading-5 whitespace-pre outline-offset-[-2px]"
        />
      </div>
      {fault && (
        <div role="status" className="border-t border-line px-4 py-2 text-xs text-bad">
          Line {fault.line}, column {fault.column}:{' '}
          <button type="button" className="underline underline-offset-2" onClick={() => select(fault.offset)}>
            {fault.message}
          </button>
        </div>
      )}
    </div>
  );
}

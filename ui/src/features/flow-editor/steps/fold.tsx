import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useMarks } from '@/features/flow-editor/context';
import { below, type JsonObject } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';

type Props = {
  at: string;
  label: string;
  /** The members inside: those that are given are counted, those that are wrong open it. */
  names: string[];
  given: JsonObject;
  children: ReactNode;
};

/** What is rarely needed, behind one line that says whether something is set in it. */
export function Fold({ at, label, names, given, children }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { problems } = useMarks(at, true);
  const places = names.map((name) => below(at, name));
  const wrong = problems.some(({ path }) =>
    places.some((place) => path === place || path.startsWith(`${place}/`)),
  );
  const set = names.filter((name) => given[name] !== undefined && given[name] !== null);
  const shown = open || wrong;
  return (
    <div data-fold={places.join(' ')}>
      <button
        type="button"
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setOpen(!shown)}
        className="-ml-1 inline-flex h-7 items-center gap-1 rounded px-1 text-xs text-ink-soft hover:text-ink"
      >
        <ChevronRight
          aria-hidden="true"
          className={classes('size-3.5 transition-transform', shown && 'rotate-90')}
        />
        {label}
        {!shown && set.length > 0 && <span className="text-ink-mute">· {set.length} set</span>}
      </button>
      <div id={id} hidden={!shown} className={shown ? 'mt-3 flex flex-col gap-4' : ''}>
        {shown && children}
      </div>
    </div>
  );
}

/** Which cards are open, and going to a place: what hides it is opened, then it has the focus. */
import { type RefObject, useCallback, useEffect, useState } from 'react';
import { type Doc, get, split } from './model/json';
import { blocksOf, idOf, type Step, stepsAround } from './model/steps';

/** Quiet: it is only brought into sight. */
type Target = { at: string; inside: boolean; quiet?: boolean };

const keyAt = (doc: Doc, at: string) => idOf(get(doc, at)) || `#${split(at)[1]}`;
const beginsOpen = (step: Step) => blocksOf(step).length > 0;

const flip = (all: ReadonlySet<string>, keys: string[]): ReadonlySet<string> =>
  new Set([...[...all].filter((key) => !keys.includes(key)), ...keys.filter((key) => !all.has(key))]);

export function useCards(read: () => Doc, frame: RefObject<HTMLElement | null>) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = useState<Target>();
  const toggle = useCallback((key: string) => setToggled((old) => flip(old, [key])), []);
  const renamed = useCallback(
    (old: string, id: string) =>
      setToggled((all) => (all.has(old) ? new Set([...all, id].filter((key) => key !== old)) : all)),
    [],
  );
  const goTo = useCallback(
    (at: string, inside = false, quiet = false) => {
      // After the document that is gone to has been drawn.
      setTimeout(() => {
        const doc = read();
        setToggled((old) => {
          const shut = stepsAround(doc, at)
            .filter((step) => inside || step !== at)
            .filter((step) => old.has(keyAt(doc, step)) === beginsOpen(get(doc, step) as Step))
            .map((step) => keyAt(doc, step));
          return shut.length > 0 ? flip(old, shut) : old;
        });
        setTarget({ at, inside, quiet });
      });
    },
    [read],
  );
  useEffect(() => {
    if (!target || !frame.current) return;
    const card = target.quiet && frame.current.querySelector(`[data-step="${CSS.escape(target.at)}"]`);
    if (card) card.scrollIntoView({ block: 'nearest' });
    else if (!target.quiet) focusAt(frame.current, target);
  }, [target, frame]);
  return { toggled, toggle, renamed, goTo };
}

const fields = 'input:not([type=hidden]), textarea, select, [data-editor]';

/** The focus to a place, or to the first field in it. */
export function focusAt(frame: HTMLElement, { at, inside }: Target): void {
  const fold = [...frame.querySelectorAll<HTMLElement>('[data-fold]')].find((each) =>
    each.dataset.fold?.split(' ').some((place) => at === place || at.startsWith(`${place}/`)),
  );
  const handle = fold?.querySelector<HTMLElement>('button[aria-expanded="false"]');
  if (handle && fold?.firstElementChild === handle) {
    handle.click();
    setTimeout(() => focusAt(frame, { at, inside }));
    return;
  }
  for (let path = at; path !== ''; [path] = split(path)) {
    const place = frame.querySelector<HTMLElement>(`[data-at="${CSS.escape(path)}"]`);
    if (!place) continue;
    const card = place.closest<HTMLElement>('[data-step]');
    const isHeader = place.matches('button, h2');
    const within =
      isHeader && inside ? (card?.querySelector<HTMLElement>(`[data-body] :is(${fields})`) ?? place) : place;
    const chosen = within.matches(`${fields}, button`)
      ? within
      : (within.querySelector<HTMLElement>(fields) ?? within.querySelector<HTMLElement>('button') ?? within);
    // Where what the step can use, or what it gives, stands in the form's place, the form comes back.
    const away = chosen.closest<HTMLElement>('[data-form].hidden');
    if (away?.offsetParent === null && away.clientHeight === 0) {
      const form = away.parentElement?.parentElement?.querySelector<HTMLElement>('[data-parts] button');
      form?.click();
      if (form) setTimeout(() => focusAt(frame, { at, inside }));
      return;
    }
    chosen.focus({ preventScroll: true });
    chosen.scrollIntoView({ block: 'nearest' });
    return;
  }
}

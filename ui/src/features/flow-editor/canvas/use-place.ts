/** The place of the flow that is chosen on the canvas, what is collapsed there, and going to a place. The URL follows a moment
 * later, so that holding an arrow key is not a flood of addresses. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Doc } from '@/features/flow-editor/model/json';
import { keyAt, placesOf, rangeOf, shapeOf, spanOf, when } from './shape';

/** Where the focus goes next: to the node, or to a field of its form. */
export type Target = { key: string; at: string; inside: boolean };

export function usePlace(
  doc: Doc,
  read: () => Doc,
  told: string | undefined,
  tell: (step: string | undefined) => void,
) {
  const shape = useMemo(() => shapeOf(doc), [doc]);
  const places = useMemo(() => placesOf(shape), [shape]);
  const [chosen, setChosen] = useState(told ?? when);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = useState<Target>();
  const selected = places.has(chosen) ? chosen : when;
  /** The other end, where several steps are chosen. */
  const [until, setUntil] = useState<string>();
  const range = useMemo(() => rangeOf(places, selected, until), [places, selected, until]);
  const newest = useRef(selected);
  newest.current = selected;
  /** What is chosen already stays so, with the others beside it. */
  const select = useCallback((key: string) => {
    if (key === newest.current) return;
    setChosen(key);
    setUntil(undefined);
  }, []);

  const written = useRef(told);
  useEffect(() => {
    if (told === written.current) return;
    written.current = told;
    setChosen(told ?? when);
  }, [told]);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    const next = chosen === when ? undefined : chosen;
    const timer = setTimeout(() => {
      if (next === written.current) return;
      written.current = next;
      latest.current(next);
    }, 250);
    return () => clearTimeout(timer);
  }, [chosen]);

  const toggle = useCallback(
    (key: string) =>
      setCollapsed((old) => new Set(old.has(key) ? [...old].filter((each) => each !== key) : [...old, key])),
    [],
  );
  const goTo = useCallback(
    (at: string, inside = false) => {
      // After the document that is gone to has been drawn.
      setTimeout(() => {
        const now = placesOf(shapeOf(read()));
        const key = keyAt(now, at);
        const place = now.get(key);
        setCollapsed((old) =>
          place?.inside.some((each) => old.has(each))
            ? new Set([...old].filter((each) => !place.inside.includes(each)))
            : old,
        );
        const isNode = place && (place.what === 'step' ? place.at : place.list) === at;
        setChosen(key);
        setUntil(undefined);
        setTarget({ key, at, inside: inside || !isNode });
      });
    },
    [read],
  );
  /** Chooses a place and gives its node the focus. */
  const focus = useCallback((key: string) => {
    setChosen(key);
    setUntil(undefined);
    setTarget({ key, at: '', inside: false });
  }, []);
  /** Chooses all steps that these are, or are in: those of one list. */
  const span = useCallback(
    (keys: string[]) => {
      const [first, last] = spanOf(placesOf(shapeOf(read())), keys) ?? [];
      if (first === undefined) return;
      focus(first);
      setUntil(last === first ? undefined : last);
    },
    [read, focus],
  );
  const renamed = useCallback(
    (old: string, id: string) =>
      setChosen((key) => (key === old || key.startsWith(`${old}/`) ? id + key.slice(old.length) : key)),
    [],
  );
  return {
    shape,
    places,
    selected,
    select,
    range,
    until,
    extend: setUntil,
    span,
    focus,
    collapsed,
    toggle,
    target,
    goTo,
    renamed,
  };
}

export type Chosen = ReturnType<typeof usePlace>;

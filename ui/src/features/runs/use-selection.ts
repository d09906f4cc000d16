import { useCallback, useRef, useState } from 'react';

/** As many as one request may name. */
const MOST = 200;

/** Which rows of a list are selected; Shift selects all from the last one on. Another `list` has nothing selected. */
export function useSelection(ids: string[], list: unknown) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const [of, setOf] = useState(list);
  if (of !== list) {
    setOf(list);
    setSelected(new Set());
  }
  const all = useRef(ids);
  all.current = ids;
  const toggle = useCallback((id: string, range: boolean) => {
    const [from, to] = [last.current ? all.current.indexOf(last.current) : -1, all.current.indexOf(id)];
    last.current = id;
    setSelected((old) => {
      const next = new Set(old);
      if (range && from >= 0 && to >= 0) {
        for (const each of all.current.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
      } else if (!next.delete(id)) next.add(id);
      return new Set([...next].slice(0, MOST));
    });
  }, []);
  const clear = useCallback(() => setSelected(new Set()), []);
  return { ids: selected, toggle, clear };
}

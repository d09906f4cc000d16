/** What is said of a document: not that something lacks which nobody has come to yet. */
import { type RefObject, useMemo } from 'react';
import type { Marks } from './context';
import { useFresh } from './use-fresh';

type Early = {
  /** Nothing was done yet. */
  quiet: boolean;
  /** It has no name, and that was no trouble so far. */
  nameless: boolean;
};

export function useEarly(frame: RefObject<HTMLElement | null>, checked: Marks, { quiet, nameless }: Early) {
  const [fresh, setFresh] = useFresh(frame);
  const marks = useMemo(() => {
    const isEarly = (path: string) =>
      quiet || (nameless && path === '/name') || (fresh !== undefined && `${path}/`.startsWith(`${fresh}/`));
    const problems = checked.problems.filter(({ path }) => !isEarly(path));
    return { problems, warnings: checked.warnings };
  }, [checked, fresh, quiet, nameless]);
  return { marks, setFresh };
}

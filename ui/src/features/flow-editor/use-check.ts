import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { FieldProblem } from '@/lib/problem';
import { checkQuery } from '@/lib/server/flows';
import type { Marks } from './context';
import type { Doc } from './model/json';

type Found = Marks & { settles: boolean | undefined };

/** What the server would say of a document, asked when the typing pauses; nothing is saved. */
export function useCheck(doc: Doc, first: FieldProblem[]): Found {
  const [text, setText] = useState(() => JSON.stringify(doc));
  useEffect(() => {
    const timer = setTimeout(() => setText(JSON.stringify(doc)), 400);
    return () => clearTimeout(timer);
  }, [doc]);
  const { data } = useQuery({ ...checkQuery(text), placeholderData: keepPreviousData });
  // The same answer keeps its identity, so that typing does not draw every card again.
  const last = useRef<{ text: string; found: Found }>({
    text: '',
    found: { problems: [], warnings: first, settles: undefined },
  });
  const now = JSON.stringify(data ?? null);
  if (data && now !== last.current.text) {
    // While a document has problems nothing is known of its waiting: what was known before stays.
    const settles = data.settles ?? last.current.found.settles;
    last.current = { text: now, found: { problems: data.problems, warnings: data.warnings, settles } };
  }
  return last.current.found;
}

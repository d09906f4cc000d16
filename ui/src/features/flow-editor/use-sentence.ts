import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { conditionQuery } from '@/lib/server/testing';
import type { EventKind } from '@/lib/types';
import { useSettled } from '@/lib/use-settled';
import { fromServer } from './model/condition';
import { type Doc, objectOf, textOf } from './model/json';
import { sentenceOf } from './model/sentence';

/** When the flow starts, in words; its condition is read by the server once the typing pauses. */
export function useSentence(doc: Doc, kinds: EventKind[] | undefined): string {
  const text = useSettled(textOf(objectOf(doc.where).if).trim(), 300);
  const read = useQuery({
    ...conditionQuery(text),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  return sentenceOf(doc, kinds, read.data && !read.isError ? fromServer(read.data.tree) : undefined);
}

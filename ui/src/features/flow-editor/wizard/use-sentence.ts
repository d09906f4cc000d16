import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { use } from 'react';
import { CatalogueContext } from '@/features/flow-editor/context';
import { useSettled } from '@/features/flow-editor/fields/use-settled';
import { fromServer } from '@/features/flow-editor/model/condition';
import { type Doc, objectOf, textOf } from '@/features/flow-editor/model/json';
import { sentenceOf } from '@/features/flow-editor/model/sentence';
import { conditionQuery } from '@/lib/server/testing';

/** When the flow starts, in words; its condition is read by the server once the typing pauses. */
export function useSentence(doc: Doc): string {
  const { kinds } = use(CatalogueContext);
  const text = useSettled(textOf(objectOf(doc.where).if).trim(), 300);
  const read = useQuery({
    ...conditionQuery(text),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  return sentenceOf(doc, kinds, read.data && !read.isError ? fromServer(read.data.tree) : undefined);
}

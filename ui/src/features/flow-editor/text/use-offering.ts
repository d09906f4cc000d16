/** What the text of a flow, or of a part of it, is completed with. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { use, useCallback, useRef } from 'react';
import { CatalogueContext, SampleContext, useEdit } from '@/features/flow-editor/context';
import { valueGroups } from '@/features/flow-editor/model/choices';
import { get, isObject, split, textOf } from '@/features/flow-editor/model/json';
import { answerNames, namesAt } from '@/features/flow-editor/model/scope';
import type { Schema } from '@/lib/json-schema';
import type { Offering } from '@/lib/offers';
import { connectionsQuery } from '@/lib/server/connections';
import { flowSchemaQuery } from '@/lib/server/flows';
import { useSecretNames } from '@/lib/server/secrets';
import { filtersQuery, sampleQuery } from '@/lib/server/testing';
import { offersAt } from './offers';

/** `part`: where the text stands in the document, if it is not the whole of it. */
export function useOffering(part = ''): Offering {
  const { read } = useEdit();
  const { actions = [], kinds = [] } = use(CatalogueContext);
  const { sample, saved } = use(SampleContext);
  const schema = useQuery({ ...flowSchemaQuery(), enabled: part === '' }).data as Schema | undefined;
  const filters = useQuery(filtersQuery()).data ?? [];
  const variables = useQuery(sampleQuery(sample)).data?.variables ?? [];
  const connections = (useInfiniteQuery(connectionsQuery()).data ?? []).map(({ name }) => name);
  const secrets = useSecretNames(true);
  const values = (pointer: string, bare: boolean) => {
    const [parent, last] = split(split(pointer)[0]);
    const step = last === 'save' ? get(read(), parent) : undefined;
    const action = isObject(step) ? actions.find(({ name }) => name === textOf(step.do)) : undefined;
    return valueGroups({
      answer: action ? answerNames(action.sample_answer) : [],
      earlier: namesAt(read(), pointer),
      variables,
      secrets: /\/with\//.test(pointer) ? secrets : [],
      saved,
      bare,
    });
  };
  const known = { schema, actions, kinds, connections, filters, values };
  const latest = useRef(known);
  latest.current = known;
  return useCallback(
    (text, at, asked) => {
      const { values, ...rest } = latest.current;
      const inPart = (pointer: string, bare: boolean) => values(part + pointer, bare);
      return offersAt(text, at, asked, { ...rest, values: inPart });
    },
    [part],
  );
}

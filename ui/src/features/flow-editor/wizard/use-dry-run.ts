/** What the flow would do for the chosen call, told again a moment after either changes; nothing is sent. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { use, useMemo } from 'react';
import { CatalogueContext } from '@/features/flow-editor/context';
import type { Doc } from '@/features/flow-editor/model/json';
import { given, type Test, unfiltered } from '@/features/flow-editor/test/use-test';
import { dryRunQuery } from '@/lib/server/testing';
import type { FlowTest } from '@/lib/types';
import { useSettled } from '@/lib/use-settled';

const pause = 400;

export function useDryRun(doc: Doc, test: Test, ready: boolean) {
  const { actions } = use(CatalogueContext);
  const text = useSettled(JSON.stringify(doc), pause);
  const { call, event } = test;
  const { pins } = test.pinned;
  const [whole, open] = useMemo(() => {
    const flow = JSON.parse(text) as Doc;
    // A name is asked for at the end: what it does can be seen before.
    const named = { ...flow, name: flow.name || 'New flow' };
    const body: FlowTest = {
      mode: 'dry',
      ...(event ? { event } : call && { call_id: call }),
      answers: given(flow, actions ?? [], pins),
    };
    return [
      { ...body, flow: named },
      { ...body, flow: unfiltered(named) },
    ];
  }, [text, call, event, pins, actions]);
  const enabled = ready && actions !== undefined;
  const first = useQuery({ ...dryRunQuery(whole), enabled, placeholderData: keepPreviousData });
  // A call that the filters refuse shows what the steps would do all the same.
  const refused = first.data?.status === 'not_started';
  const anyway = useQuery({
    ...dryRunQuery(open),
    enabled: enabled && refused,
    placeholderData: keepPreviousData,
  });
  return {
    report: refused ? anyway.data : first.data,
    whyNot: refused ? (first.data?.why_not ?? []) : [],
    refused,
    error: first.error ?? (refused ? anyway.error : null),
  };
}

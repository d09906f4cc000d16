/** The test of the flow as it stands: with which event, dry or live, and what came of it. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Sample } from '@/features/flow-editor/context';
import type { Doc, JsonObject } from '@/features/flow-editor/model/json';
import { idOf, walk } from '@/features/flow-editor/model/steps';
import { actionsQuery } from '@/lib/server/catalogue';
import { useTestFlow } from '@/lib/server/testing';
import type { Action, FlowTest, TestedStep } from '@/lib/types';

export type Mode = 'dry' | 'live';

/** One step only; without the filters; where its result is seen already; another way than the one that is chosen. */
type Wanted = { step?: string; anyway?: boolean; seen?: boolean; as?: Mode };

export type Answer = { status: number; body: string };

export function useTest(read: () => Doc, trigger: string, first?: string) {
  const [open, setOpen] = useState(false);
  const [mode, setMode] = useState<Mode>('dry');
  const [call, setCall] = useState(first);
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const [only, setOnly] = useState<string>();
  const actions = useQuery(actionsQuery()).data;
  const run = useTestFlow();
  const result = run.data;
  const [saved, setSaved] = useState<JsonObject>({});

  const sample = useMemo(
    () => ({ sample: { kind: trigger, call } satisfies Sample, saved }),
    [trigger, call, saved],
  );
  const { mutate } = run;
  const start = ({ step, anyway = false, seen = false, as = mode }: Wanted = {}) => {
    if (!seen) setOpen(true);
    setOnly(step);
    const body: FlowTest = {
      flow: anyway ? unfiltered(read()) : read(),
      mode: as,
      ...(call && { call_id: call }),
      ...(step && { step, saved }),
      ...(as === 'dry' && { answers: given(read(), actions ?? [], answers) }),
    };
    mutate(body, {
      onSuccess: (report) => {
        const fresh = { ...report.saved, steps: outputs(report.steps) } as JsonObject;
        if (report.status !== 'not_started') setSaved((old) => (step ? { ...old, ...fresh } : fresh));
      },
    });
  };
  const [pending, setPending] = useState<Wanted>();
  /** Starts a test; one that sends something is asked for first. */
  const request = (wanted: Wanted = {}) => {
    if ((wanted.as ?? mode) === 'dry') return start(wanted);
    if (!wanted.seen) setOpen(true);
    setPending(wanted);
  };
  const latest = useRef(request);
  latest.current = request;
  const testStep = useCallback((step: string, seen = false) => latest.current({ step, seen }), []);
  const { isPending: busy, error } = run;
  const context = useMemo(
    () => ({ results: byStep(result?.steps ?? []), testStep, busy, error }),
    [result, testStep, busy, error],
  );
  return {
    open,
    setOpen,
    mode,
    setMode,
    call,
    setCall,
    answers,
    setAnswers,
    only,
    request,
    pending: pending !== undefined,
    confirm: () => {
      setPending(undefined);
      start(pending);
    },
    refuse: () => setPending(undefined),
    run,
    sample,
    context,
  };
}

/** The flow for any call. */
export const unfiltered = ({ where: _, ...rest }: Doc): Doc => rest;

/** What each call to the world would get back: what was given, else what its action usually gets. */
export function given(doc: Doc, actions: Action[], own: Record<string, Answer>) {
  const all: NonNullable<FlowTest['answers']> = {};
  walk(doc, (step) => {
    const action = actions.find((each) => each.name === step.do);
    const answer = own[idOf(step)];
    if (answer) all[idOf(step)] = { status: answer.status, body: readBody(answer.body) };
    else if (action && idOf(step)) all[idOf(step)] = { status: 200, body: action.sample_answer };
  });
  return all;
}

export type Test = ReturnType<typeof useTest>;

/** What steps would know of each other's answers. */
const outputs = (steps: TestedStep[]) =>
  Object.fromEntries(
    steps
      .filter(({ response }) => response)
      .map(({ step, response }) => [
        step,
        { status: response?.status ?? null, body: readBody(response?.body ?? '') },
      ]),
  );

/** JSON where it is, else the text. */
function readBody(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Of a step in a loop, the last that failed, else the last. */
function byStep(steps: TestedStep[]): Map<string, TestedStep> {
  const results = new Map<string, TestedStep>();
  for (const each of steps) {
    if (results.get(each.step)?.result !== 'failed') results.set(each.step, each);
  }
  return results;
}

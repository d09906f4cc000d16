/** The test of the flow as it stands: with which event, dry or live, and what came of it. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Doc, JsonObject } from '@/features/flow-editor/model/json';
import { idOf, walk } from '@/features/flow-editor/model/steps';
import { actionsQuery } from '@/lib/server/catalogue';
import { useTestFlow } from '@/lib/server/testing';
import type { Action, FlowTest, NewEvent, TestedStep } from '@/lib/types';
import { type Pins, useKeptTest } from './kept-test';
import type { OfRun } from './use-of-run';
import { useTestData } from './use-test-data';

export type Mode = 'dry' | 'live';

/** One step only; without the filters; where its result is seen already; another way than the one that is chosen. */
type Wanted = { step?: string; anyway?: boolean; seen?: boolean; as?: Mode };

/** `flow`: the saved flow whose event and answers are kept; `first`: the call that it is tried on at first; `told`: a run whose event and
 * answers go before all that is kept, until they are taken away. */
export function useTest(read: () => Doc, trigger: string, flow?: string, first?: string, told?: OfRun) {
  const [open, setOpen] = useState(told !== undefined);
  const [mode, setMode] = useState<Mode>('dry');
  const [call, setCall] = useState(first);
  const kept = useTestData(useKeptTest(flow), told);
  const { pins, pin } = kept;
  // A call that was asked for goes before what was kept from another day.
  const [own, setOwn] = useState(first === undefined || told !== undefined);
  const event = own ? (kept.event as NewEvent | undefined) : undefined;
  const [only, setOnly] = useState<string>();
  const actions = useQuery(actionsQuery()).data;
  const run = useTestFlow();
  const result = run.data;
  const [saved, setSaved] = useState<JsonObject>({});

  const sample = useMemo(
    () => ({ sample: { kind: trigger, call, event }, saved }),
    [trigger, call, event, saved],
  );
  const { mutate } = run;
  const start = ({ step, anyway = false, seen = false, as = mode }: Wanted = {}) => {
    if (!seen) setOpen(true);
    setOnly(step);
    const body: FlowTest = {
      flow: anyway ? unfiltered(read()) : read(),
      mode: as,
      ...(event ? { event } : call && { call_id: call }),
      ...(step && { step, saved }),
      ...(as === 'dry' && { answers: given(read(), actions ?? [], pins) }),
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
  const pinned = useMemo(() => ({ pins, pin }), [pins, pin]);
  return {
    open,
    setOpen,
    mode,
    setMode,
    call: event ? undefined : call,
    /** Tries it on a call, or on the sample. */
    setCall: (next: string | undefined) => {
      setCall(next);
      setOwn(false);
    },
    /** The event of one's own that it is tried on. */
    event,
    /** One is kept, whether or not it is tried on now. */
    hasEvent: kept.event !== undefined,
    takeEvent: () => setOwn(true),
    setEvent: (next: NewEvent | undefined) => {
      kept.setEvent(next as JsonObject | undefined);
      setOwn(next !== undefined);
    },
    pinned,
    renamed: kept.renamed,
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

/** What each call to the world would get back: what is pinned, else what its action usually gets. */
export function given(doc: Doc, actions: Action[], pins: Pins) {
  const all: NonNullable<FlowTest['answers']> = {};
  walk(doc, (step) => {
    const action = actions.find((each) => each.name === step.do);
    const answer = pins[idOf(step)];
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
export function readBody(text: string): unknown {
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

/** What tests of a flow are made with, kept in this browser until the session ends or somebody else signs in: an event of one's own, and answers that are
 * pinned to steps. Runs know nothing of it. */
import { useCallback, useState } from 'react';
import { isObject, type Json, type JsonObject, objectOf, textOf } from '@/features/flow-editor/model/json';
import { keptWork, recall, remember } from '@/lib/storage';

/** What another system answers to a step, its body as text. */
export type Answer = { status: number; body: string };
export type Pins = Readonly<Record<string, Answer>>;
export type TestData = { event?: JsonObject | undefined; pins: Pins };

const fresh = 'new';
const keyOf = (flow: string) => `${keptWork}test.${flow}`;

/** What was kept, whatever an older version of this page has left there. */
function readKeptTest(text: string | null): TestData {
  try {
    const kept = objectOf(JSON.parse(text ?? '{}') as Json);
    const pins = Object.entries(objectOf(kept.pins)).flatMap(([id, pin]) => {
      const { status, body } = objectOf(pin);
      return typeof status === 'number' ? [[id, { status, body: textOf(body) }] as const] : [];
    });
    return { ...(isObject(kept.event) && { event: kept.event }), pins: Object.fromEntries(pins) };
  } catch {
    return { pins: {} };
  }
}

/** What is changed of it, wherever it is held. */
export function useChanges(change: (make: (old: TestData) => TestData) => void) {
  const setEvent = useCallback(
    (event: JsonObject | undefined) => change(({ pins }) => ({ event, pins })),
    [change],
  );
  /** Without an answer it is taken away. */
  const pin = useCallback(
    (id: string, answer: Answer | undefined) =>
      change(({ pins: { [id]: _, ...others }, ...rest }) => ({
        ...rest,
        pins: answer ? { ...others, [id]: answer } : others,
      })),
    [change],
  );
  const renamed = useCallback(
    (old: string, id: string) =>
      change((data) => {
        const { [old]: answer, ...others } = data.pins;
        return answer ? { ...data, pins: { ...others, [id]: answer } } : data;
      }),
    [change],
  );
  return { setEvent, pin, renamed };
}

/** What is too large to be kept lasts as long as the page. */
export function useKeptTest(flow = fresh) {
  const [kept, setKept] = useState(() => readKeptTest(recall(keyOf(flow))));
  const change = useCallback(
    (make: (old: TestData) => TestData) =>
      setKept((old) => {
        const next = make(old);
        const empty = next.event === undefined && Object.keys(next.pins).length === 0;
        remember(keyOf(flow), empty ? null : JSON.stringify(next));
        return next;
      }),
    [flow],
  );
  return { ...kept, ...useChanges(change) };
}

/** A new flow has been saved: what was kept for it is its own. */
export function adoptKeptTest(flow: string): void {
  const kept = recall(keyOf(fresh));
  remember(keyOf(fresh), null);
  if (kept) remember(keyOf(flow), kept);
}

/** Another flow is begun: nothing that the one before was tried with belongs to it. */
export const dropKeptTest = () => remember(keyOf(fresh), null);

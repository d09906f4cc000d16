/** Several steps of one list, one behind the other: copied, put in, taken away, and put inside another step. */

import { syntaxError } from '@/lib/json-place';
import { insertStep, type Moved, removeStep } from './edit';
import { copyWithFreshIds } from './ids';
import { below, type Doc, get, isObject, type Json, listOf } from './json';
import { newStep } from './starters';
import { blocksOf, kindOf, kinds, type Step } from './steps';

export type Range = { list: string; from: number; count: number };
export type Wrapper = 'if' | 'try' | 'for_each';

export const stepsOf = (doc: Doc, { list, from, count }: Range): Step[] =>
  listOf(get(doc, list))
    .slice(from, from + count)
    .filter((step) => isObject(step));

/** Copies of steps, under ids of their own; what they say of each other goes with them. */
export function insertSteps(doc: Doc, list: string, index: number, steps: Step[]): Moved {
  const copies = listOf(copyWithFreshIds(doc, { try: steps }).try) as Step[];
  const all = copies.reduceRight((next, step) => insertStep(next, list, index, step).doc, doc);
  return { doc: all, at: below(list, index) };
}

export function removeSteps(doc: Doc, { list, from, count }: Range): Moved {
  let left = doc;
  for (let i = 0; i < count; i += 1) left = removeStep(left, below(list, from));
  const after = listOf(get(left, list)).length;
  return { doc: left, at: after === 0 ? list : below(list, Math.min(from, after - 1)) };
}

/** Puts steps into the first branch of a new one that stands in their place. */
export function wrapSteps(doc: Doc, range: Range, kind: Wrapper): Moved {
  const steps = stepsOf(doc, range);
  const around = newStep(doc, kind);
  const inner = blocksOf(around)[0]?.path.slice(1) ?? '';
  const { doc: without } = removeSteps(doc, range);
  return insertStep(without, range.list, range.from, { ...around, [inner]: steps });
}

/** Steps as a text that can be put in anywhere, also in another window. */
export const asText = (steps: Step[]) => JSON.stringify({ switchhook: 'steps', steps }, null, 2);

/** The most steps that are taken from a text, and its greatest length. */
const most = 200;
const longest = 1_000_000;

export type Brought = { steps: Step[] } | { why: string };

/** The steps of a text: of one that was copied here, or of a step's or a flow's own JSON. */
export function fromText(text: string): Brought {
  if (text.length > longest) return { why: 'The text is longer than 1 MB.' };
  const fault = syntaxError(text);
  if (fault) {
    const place = `line ${fault.line}, column ${fault.column}`;
    return { why: `The text is no JSON: ${place}: ${fault.message}. Copy steps, or a step’s JSON.` };
  }
  const value = JSON.parse(text) as Json;
  const one = isObject(value) && kindOf(value) !== undefined;
  const steps = one ? [value] : listOf(isObject(value) ? value.steps : value);
  if (steps.length === 0) return { why: 'The JSON holds no steps. Copy steps, or a step’s JSON.' };
  if (steps.length > most) return { why: `These are ${steps.length} steps: at most ${most} go in at once.` };
  const wrong = steps.findIndex((step) => kindOf(step) === undefined);
  if (wrong >= 0) {
    return { why: `Item ${wrong + 1} is no step: it has none of the fields ${kinds.join(', ')}.` };
  }
  return { steps: steps as Step[] };
}

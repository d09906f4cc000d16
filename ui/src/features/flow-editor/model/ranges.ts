/** Several steps of one list, one behind the other: copied, put in, taken away, and put inside another step. */
import { insertStep, type Moved, removeStep } from './edit';
import { copyWithFreshIds } from './ids';
import { below, type Doc, get, isObject, listOf } from './json';
import { newStep } from './starters';
import { blocksOf, kindOf, type Step } from './steps';

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

/** The most steps that are taken from a text. */
const most = 200;

/** The steps of such a text; nothing where it is another. */
export function fromText(text: string): Step[] | undefined {
  try {
    const value = JSON.parse(text);
    const { switchhook, steps } = isObject(value) ? value : {};
    if (switchhook !== 'steps' || !Array.isArray(steps) || steps.length === 0 || steps.length > most) return;
    const known = steps.filter((step): step is Step => isObject(step) && kindOf(step) !== undefined);
    return known.length === steps.length ? known : undefined;
  } catch {
    return undefined;
  }
}

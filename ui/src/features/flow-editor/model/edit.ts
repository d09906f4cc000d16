/** Changes of the order of steps. Each gives the new document and where the step stands in it. */

import { copyWithFreshIds } from './ids';
import { below, type Doc, get, type Json, listOf, set, split } from './json';
import { blocksOf, type Step, stepsAround } from './steps';

export type Moved = { doc: Doc; at: string };

const withList = (doc: Doc, list: string, steps: Json[] | undefined): Doc => set(doc, list, steps) as Doc;

/** Lists that may be absent are taken away with their last step: an empty one would be a warning. */
const optional = (list: string) => /^\/on_failure$|\/else$/.test(list);

export function insertStep(doc: Doc, list: string, index: number, step: Step): Moved {
  return {
    doc: withList(doc, list, listOf(get(doc, list)).toSpliced(index, 0, step)),
    at: below(list, index),
  };
}

export function removeStep(doc: Doc, at: string): Doc {
  const [list, index] = split(at);
  const left = listOf(get(doc, list)).toSpliced(Number(index), 1);
  return withList(doc, list, left.length === 0 && optional(list) ? undefined : left);
}

export function duplicateStep(doc: Doc, at: string): Moved {
  const [list, index] = split(at);
  const copy = copyWithFreshIds(doc, get(doc, at) as Step);
  return insertStep(doc, list, Number(index) + 1, copy);
}

/** A place as it is called once item `gone` has left `list`. */
function shift(pointer: string, list: string, gone: number): string {
  if (!pointer.startsWith(`${list}/`)) return pointer;
  const rest = pointer.slice(list.length + 1);
  return `${list}/${rest.replace(/^\d+/, (n) => String(Number(n) > gone ? Number(n) - 1 : n))}`;
}

/** Takes a step out of its list and puts it before what is now at `index` of `list`; never into itself. */
export function moveStep(doc: Doc, at: string, list: string, index: number): Moved {
  const step = get(doc, at) as Step | undefined;
  if (step === undefined || list === at || list.startsWith(`${at}/`)) return { doc, at };
  const [from, last] = split(at);
  const old = Number(last);
  const target = from === list && old < index ? index - 1 : index;
  return insertStep(removeStep(doc, at), shift(list, from, old), target, step);
}

/** One place up or down; at the end of a branch it leaves it, before or behind the step that has the branch. */
export function nudgeStep(doc: Doc, at: string, by: -1 | 1): Moved {
  const [list, last] = split(at);
  const index = Number(last);
  const length = listOf(get(doc, list)).length;
  if (by === -1 ? index > 0 : index < length - 1) {
    return moveStep(doc, at, list, by === -1 ? index - 1 : index + 2);
  }
  const parent = stepsAround(doc, list).at(-1);
  if (parent === undefined) return { doc, at };
  const [outer, place] = split(parent);
  return moveStep(doc, at, outer, by === -1 ? Number(place) : Number(place) + 1);
}

/** Whether anything lies in that direction. */
export function canNudge(at: string, by: -1 | 1, length: number): boolean {
  const [list, index] = split(at);
  const atRoot = list === '/steps' || list === '/on_failure';
  return !atRoot || (by === -1 ? Number(index) > 0 : Number(index) < length - 1);
}

/** How many steps would go with it. */
export const countInside = (step: Step): number =>
  blocksOf(step).reduce(
    (sum, block) => sum + block.steps.reduce<number>((n, inner) => n + 1 + countInside(inner as Step), 0),
    0,
  );

/** Where one is when the step at a place has gone: at the one that takes its place, else the one before, else the list. */
export function stepAfterRemoval(at: string, of: number): string {
  const [list, last] = split(at);
  const index = Number(last);
  if (index < of - 1) return at;
  return index > 0 ? below(list, index - 1) : list;
}

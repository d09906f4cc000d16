/** What a flow is made of, without what its steps say: lists of steps, and steps with lists in them, each under a key that
 * stays with it. The canvas is laid out from this alone, so that typing moves nothing. */
import { below, type Doc, isObject, type Json } from '@/features/flow-editor/model/json';
import type { Range } from '@/features/flow-editor/model/ranges';
import { blocksOf, idOf, type Kind, kindOf, rootBlocks } from '@/features/flow-editor/model/steps';

export type StepShape = { key: string; at: string; kind: Kind | undefined; blocks: BlockShape[] };
/** A list of steps. `key` is its head: what starts the flow, or the name of a branch. */
export type BlockShape = { key: string; list: string; label: string; steps: StepShape[] };
export type Shape = { main: BlockShape; failure: BlockShape };

export const when = '@when';
export const failure = '@failure';

export function shapeOf(doc: Doc): Shape {
  const seen = new Map<string, number>();
  /** Its id, told apart where one is used twice or missing. */
  const keyOf = (step: Json, at: string) => {
    const id = idOf(step) || `#${at}`;
    const times = seen.get(id) ?? 0;
    seen.set(id, times + 1);
    return times === 0 ? id : `${id}#${times}`;
  };
  const steps = (list: Json[], place: string): StepShape[] =>
    list.flatMap((step, i) => {
      if (!isObject(step)) return [];
      const at = below(place, i);
      const key = keyOf(step, at);
      const blocks = blocksOf(step).map((block) => ({
        key: key + block.path,
        list: at + block.path,
        label: block.label,
        steps: steps(block.steps, at + block.path),
      }));
      return [{ key, at, kind: kindOf(step), blocks }];
    });
  const [main, failed] = rootBlocks(doc);
  return {
    main: { key: when, list: '/steps', label: 'When', steps: steps(main?.steps ?? [], '/steps') },
    failure: {
      key: failure,
      list: '/on_failure',
      label: 'If the run fails',
      steps: steps(failed?.steps ?? [], '/on_failure'),
    },
  };
}

/** A step or the head of a list: where it stands, and what is around it. */
export type Place =
  | { what: 'step'; at: string; list: string; index: number; of: number; step: StepShape; inside: string[] }
  | { what: 'head'; list: string; block: BlockShape; inside: string[] };

/** Every place by its key, in reading order; `inside` are the keys of the steps around it. */
export function placesOf({ main, failure }: Shape): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const visit = (block: BlockShape, inside: string[]) => {
    places.set(block.key, { what: 'head', list: block.list, block, inside });
    block.steps.forEach((step, index) => {
      const of = block.steps.length;
      places.set(step.key, { what: 'step', at: step.at, list: block.list, index, of, step, inside });
      for (const inner of step.blocks) visit(inner, [...inside, step.key]);
    });
  };
  visit(main, []);
  visit(failure, []);
  return places;
}

/** The key of the step at a place, or of the one that the place is in, or of the list that it is. */
export function keyAt(places: ReadonlyMap<string, Place>, at: string): string {
  let [best, length] = [at.startsWith('/on_failure') ? failure : when, -1];
  for (const [key, place] of places) {
    const own = place.what === 'step' ? place.at : place.list;
    // A field of a case stands in the step, not in the branch.
    const holds = at === own || (place.what === 'step' && at.startsWith(`${own}/`));
    if (holds && own.length > length) [best, length] = [key, own.length];
  }
  return best;
}

/** Where a step put behind this place goes. */
export const afterPlace = (place: Place): { list: string; index: number } =>
  place.what === 'head' ? { list: place.list, index: 0 } : { list: place.list, index: place.index + 1 };

/** The steps between two of one list, both included; nothing for places of different lists. */
export function rangeOf(
  places: ReadonlyMap<string, Place>,
  one: string,
  other: string | undefined,
): (Range & { keys: ReadonlySet<string> }) | undefined {
  const [a, b] = [places.get(one), other === undefined ? undefined : places.get(other)];
  if (a?.what !== 'step' || b?.what !== 'step' || a.list !== b.list || a === b) return undefined;
  const [from, to] = [Math.min(a.index, b.index), Math.max(a.index, b.index)];
  const keys = [...places].flatMap(([key, each]) =>
    each.what === 'step' && each.list === a.list && each.index >= from && each.index <= to ? [key] : [],
  );
  return { list: a.list, from, count: to - from + 1, keys: new Set(keys) };
}

/** The first and the last of the steps of one list that are these, or hold them: of the deepest list in which all of them are. */
export function spanOf(
  places: ReadonlyMap<string, Place>,
  keys: string[],
): [first: string, last: string] | undefined {
  const steps = keys.flatMap((key) => {
    const place = places.get(key);
    return place?.what === 'step' ? [[...place.inside, key]] : [];
  });
  let span: [string, string] | undefined;
  for (let depth = 0; steps.length > 0; depth += 1) {
    const here = steps.map((path) => path[depth] ?? '');
    const found = here.flatMap((key) => {
      const place = places.get(key);
      return place?.what === 'step' ? [{ key, ...place }] : [];
    });
    if (found.length < steps.length || new Set(found.map(({ list }) => list)).size > 1) break;
    found.sort((a, b) => a.index - b.index);
    span = [found[0]?.key ?? '', found.at(-1)?.key ?? ''];
  }
  return span;
}

/** The step before or behind one in its list. */
export function beside(places: ReadonlyMap<string, Place>, key: string, by: number): string | undefined {
  const here = places.get(key);
  if (here?.what !== 'step') return undefined;
  return [...places].find(
    ([, each]) => each.what === 'step' && each.list === here.list && each.index === here.index + by,
  )?.[0];
}

/** Changes exactly when something moves. */
export const signature = (shape: Shape, collapsed: ReadonlySet<string>): string =>
  JSON.stringify([shape, [...collapsed].sort()]);

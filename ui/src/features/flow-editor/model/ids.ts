/** Ids of steps: fresh ones, and renaming one with everything that refers to it. */
import { type Doc, type Json, mapTexts, set } from './json';
import { blocksOf, idOf, type Step, walk } from './steps';

export const idRule = /^[A-Za-z0-9_-]{1,64}$/;
const name = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Texts that are expressions as a whole; in all others expressions stand in `{{ }}` and `${ }`. */
const conditions = new Set(['if', 'stop_when']);

export function usedIds(doc: Doc): Set<string> {
  const ids = new Set<string>();
  walk(doc, (step) => ids.add(idOf(step)));
  return ids;
}

/** `wanted`, or `wanted_2`, `wanted_3`, … when it is taken. */
export function freshId(used: ReadonlySet<string>, wanted: string): string {
  const base =
    wanted
      .replace(/[^A-Za-z0-9_-]+/g, '_')
      .replace(/_\d+$/, '')
      .slice(0, 60) || 'step';
  if (!used.has(base)) return base;
  for (let n = 2; ; n += 1) if (!used.has(`${base}_${n}`)) return `${base}_${n}`;
}

/** A reference to a step, or a quoted text, in which there is none. */
const reference =
  /(?<![\w.])steps(?:\.([A-Za-z_][A-Za-z0-9_]*)|\[\s*(?:'([^']*)'|"([^"]*)")\s*\])|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;

function renameInExpression(expression: string, ids: ReadonlyMap<string, string>): string {
  return expression.replace(reference, (whole, dotted?: string, single?: string, double?: string) => {
    const next = ids.get(dotted ?? single ?? double ?? '');
    if (next === undefined) return whole;
    return name.test(next) ? `steps.${next}` : `steps['${next}']`;
  });
}

/** Every reference to one of `ids` in the value, changed. */
function renameReferences(value: Json, ids: ReadonlyMap<string, string>): Json {
  return mapTexts(value, (text, member) =>
    conditions.has(member)
      ? renameInExpression(text, ids)
      : text.replace(/\{\{.*?\}\}|\$\{[^}]*\}/gs, (placeholder) => renameInExpression(placeholder, ids)),
  );
}

/** The document with the step at `at` called `id`, and everything that referred to its old id. */
export function renameStep(doc: Doc, at: string, old: string, id: string): Doc {
  const renamed = old === '' ? doc : (renameReferences(doc, new Map([[old, id]])) as Doc);
  return set(renamed, `${at}/id`, id) as Doc;
}

/** A copy with ids of its own all the way down; what refers to one of them inside refers to the copy. */
export function copyWithFreshIds(doc: Doc, step: Step): Step {
  const used = usedIds(doc);
  const ids = new Map<string, string>();
  walk({ steps: [step] }, (each) => {
    const id = idOf(each);
    if (id === '') return;
    const next = freshId(used, id);
    used.add(next);
    ids.set(id, next);
  });
  const rename = (each: Step): Step =>
    blocksOf(each).reduce<Step>(
      (copy, block) =>
        block.steps.length === 0
          ? copy
          : (set(
              copy,
              block.path,
              block.steps.map((inner) => rename(inner as Step)),
            ) as Step),
      ids.has(idOf(each)) ? { ...each, id: ids.get(idOf(each)) ?? '' } : each,
    );
  return renameReferences(rename(step), ids) as Step;
}

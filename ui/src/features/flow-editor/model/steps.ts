/** What a step is and which lists of steps it holds; the pure side of docs/flows.md. */
import { below, type Doc, isObject, type Json, type JsonObject, listOf } from './json';

export const kinds = [
  'do',
  'switch',
  'for_each',
  'parallel',
  'try',
  'set',
  'wait',
  'reply',
  'flow',
  'stop',
  'if',
] as const;
export type Kind = (typeof kinds)[number];
export type Step = JsonObject;

/** A list of steps in a step: where it stands below it, and what it is called. */
export type Block = { path: string; label: string; steps: Json[] };

/** `if` comes last: an action may have one, too. */
export const kindOf = (step: Json): Kind | undefined =>
  isObject(step) ? kinds.find((kind) => Object.hasOwn(step, kind)) : undefined;

export const idOf = (step: Json | undefined): string =>
  isObject(step) && typeof step.id === 'string' ? step.id : '';

const block = (step: Step, name: string, label: string): Block => ({
  path: `/${name}`,
  label,
  steps: listOf(step[name]),
});

export function blocksOf(step: Step): Block[] {
  switch (kindOf(step)) {
    case 'if':
      return [block(step, 'then', 'Then'), block(step, 'else', 'Otherwise')];
    case 'switch':
      return [
        ...listOf(step.switch).map((each, i) => ({
          path: below('', 'switch', i, 'steps'),
          label: `Case ${i + 1}`,
          steps: isObject(each) ? listOf(each.steps) : [],
        })),
        block(step, 'else', 'Otherwise'),
      ];
    case 'for_each':
      return [block(step, 'steps', 'For each item')];
    case 'parallel':
      return listOf(step.parallel).map((steps, i) => ({
        path: below('', 'parallel', i),
        label: `Branch ${i + 1}`,
        steps: listOf(steps),
      }));
    case 'try':
      return [block(step, 'try', 'Try'), block(step, 'catch', 'If a step in it fails')];
    default:
      return [];
  }
}

/** The lists that a flow itself has. */
export const rootBlocks = (doc: Doc): Block[] => [
  block(doc, 'steps', 'Steps'),
  block(doc, 'on_failure', 'If the run fails'),
];

/** Visits every step, a step before those inside it. */
export function walk(doc: Doc, visit: (step: Step, at: string) => void): void {
  const list = (steps: Json[], at: string) => {
    steps.forEach((step, i) => {
      if (!isObject(step)) return;
      visit(step, below(at, i));
      for (const inner of blocksOf(step)) list(inner.steps, `${below(at, i)}${inner.path}`);
    });
  };
  for (const root of rootBlocks(doc)) list(root.steps, root.path);
}

/** The places of the steps around a place, outermost first, the step itself the last. */
export function stepsAround(doc: Doc, pointer: string): string[] {
  const around: string[] = [];
  walk(doc, (_, at) => {
    if (pointer === at || pointer.startsWith(`${at}/`)) around.push(at);
  });
  return around;
}

/** Steps as they begin: what a person would write first. */
import { freshId, usedIds } from './ids';
import type { Doc } from './json';
import type { Kind, Step } from './steps';

/** A kind of step as menus and cards name it; actions have words of their own. */
export type KindWords = { kind: Exclude<Kind, 'do'>; label: string; description: string };

export const kindWords: KindWords[] = [
  { kind: 'if', label: 'If', description: 'Goes one way or the other.' },
  { kind: 'switch', label: 'Choose one of several', description: 'Takes the first case that holds.' },
  { kind: 'for_each', label: 'For each item', description: 'Repeats its steps for every item of a list.' },
  { kind: 'parallel', label: 'Side by side', description: 'Takes several branches at once.' },
  { kind: 'try', label: 'Try, with a fallback', description: 'Takes other steps when one fails.' },
  { kind: 'set', label: 'Set values', description: 'Gives names to values, for later steps.' },
  { kind: 'wait', label: 'Wait', description: 'For a while, until a time, or for office hours.' },
  { kind: 'reply', label: 'Reply', description: 'Answers whoever asked, while the call goes on.' },
  { kind: 'flow', label: 'Run another flow', description: 'And goes on when it has ended.' },
  { kind: 'stop', label: 'Stop', description: 'Ends the run here.' },
];

export const wordsOf = (kind: Kind | undefined) => kindWords.find((each) => each.kind === kind);

const bodies: Record<Exclude<Kind, 'do'>, Step> = {
  // biome-ignore lint/suspicious/noThenProperty: it is what the language calls it
  if: { if: '', then: [] },
  switch: { switch: [{ if: '', steps: [] }] },
  for_each: { for_each: '', steps: [] },
  parallel: { parallel: [[], []] },
  try: { try: [], catch: [] },
  set: { set: {} },
  wait: { wait: { for: '10m' } },
  reply: { reply: {} },
  flow: { flow: '' },
  stop: { stop: 'succeeded' },
};
const ids: Record<Exclude<Kind, 'do'>, string> = {
  if: 'if',
  switch: 'choose',
  for_each: 'each',
  parallel: 'parallel',
  try: 'try',
  set: 'set',
  wait: 'wait',
  reply: 'reply',
  flow: 'subflow',
  stop: 'stop',
};

export function newStep(doc: Doc, kind: Exclude<Kind, 'do'>): Step {
  return { id: freshId(usedIds(doc), ids[kind]), ...bodies[kind] };
}

/** A step that does `action`, with what the form begins with. */
export function newAction(doc: Doc, action: string, begin: Step): Step {
  const wanted = action === 'http.request' ? 'request' : (action.split('.')[0] ?? 'step');
  return { id: freshId(usedIds(doc), wanted), do: action, with: begin };
}

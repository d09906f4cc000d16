/** A place of the document in words: the step, and the field in it. */
import { type Doc, get, segments } from './json';
import { idOf, stepsAround } from './steps';

const names: Record<string, string> = {
  name: 'Name',
  on: 'Starts when',
  where: 'Filters',
  steps: 'Steps',
  on_failure: 'If the run fails',
};

export function placeName(doc: Doc, at: string): string {
  const parts = segments(at);
  const step = stepsAround(doc, at).at(-1);
  if (step === undefined) {
    const [first = '', ...rest] = parts;
    return first === '' ? 'The flow' : [names[first] ?? first, ...rest].join(' › ');
  }
  const inside = parts.slice(segments(step).length).filter((part) => part !== 'with');
  return [idOf(get(doc, step)) || `Step ${Number(segments(step).at(-1)) + 1}`, ...inside].join(' › ');
}

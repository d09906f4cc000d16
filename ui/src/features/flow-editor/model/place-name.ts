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

const filters: Record<string, string> = {
  campaigns: 'Campaign',
  agents: 'Agent',
  dispositions: 'Ended as',
  statuses: 'Status',
  numbers: 'Number',
  connected: 'Picked up',
  min_duration_s: 'Lasted at least',
  max_duration_s: 'Lasted at most',
  flows: 'Flow',
  every_s: 'At most once in',
  if: 'Only if',
};

export function placeName(doc: Doc, at: string): string {
  const parts = segments(at);
  const step = stepsAround(doc, at).at(-1);
  if (step === undefined) {
    const [first = '', ...rest] = parts;
    if (first === '') return 'The flow';
    const inside = first === 'where' ? rest.map((part) => filters[part] ?? part) : rest;
    return [names[first] ?? first, ...inside].join(' › ');
  }
  const inside = parts.slice(segments(step).length).filter((part) => part !== 'with');
  return [idOf(get(doc, step)) || `Step ${Number(segments(step).at(-1)) + 1}`, ...inside].join(' › ');
}

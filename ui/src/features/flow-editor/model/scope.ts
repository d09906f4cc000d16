/** What the steps before a place have left for it: saved names, their outputs, the item of a loop, the error of a `catch`. */
import { below, type Doc, isObject, type JsonObject, listOf, objectOf, segments, textOf } from './json';
import { blocksOf, idOf, kindOf, rootBlocks, type Step } from './steps';

/** A name, the step it comes from, and what is known of its value. */
export type Name = { path: string; from: string; hint: string };

const output = ['status', 'body', 'headers', 'error'];

/** What a step leaves behind it. */
function leaves(step: Step): Name[] {
  const from = idOf(step);
  const named = (value: unknown): Name[] =>
    Object.entries(objectOf(value as Step)).map(([path, text]) => ({ path, from, hint: textOf(text) }));
  const own = (fields: string[]): Name[] =>
    from === '' ? [] : fields.map((field) => ({ path: at(from, field), from, hint: '' }));
  switch (kindOf(step)) {
    case 'do':
      return [...named(step.save), ...own(output)];
    case 'set':
      return named(step.set);
    case 'flow':
      return [...named(step.save), ...own(['body', 'error'])];
    case 'for_each':
      return [...named(step.collect), ...own(['in', 'ok', 'failed', 'skipped'])];
    case 'parallel':
      return [...inside(step), ...own(['error'])];
    default:
      return inside(step);
  }
}

const inside = (step: Step): Name[] =>
  blocksOf(step).flatMap((block) => block.steps.flatMap((each) => (isObject(each) ? leaves(each) : [])));

const at = (id: string, field: string) =>
  /^[A-Za-z_]\w*$/.test(id) ? `steps.${id}.${field}` : `steps['${id}'].${field}`;

const error: Name[] = ['message', 'code', 'step', 'status', 'body'].map((field) => ({
  path: `error.${field}`,
  from: '',
  hint: 'what went wrong',
}));

/** The names known at `pointer`, nearest first; one name is listed once. */
export function namesAt(doc: Doc, pointer: string): Name[] {
  const found: Name[] = [];
  const [, root = ''] = pointer.split('/');
  let block = rootBlocks(doc).find((each) => each.path === `/${root}`);
  let rest = segments(pointer).slice(1);
  let place = `/${root}`;
  if (root === 'on_failure') {
    found.unshift(...error);
    found.push(
      ...rootBlocks(doc)
        .slice(0, 1)
        .flatMap((main) => main.steps)
        .flatMap((each) => (isObject(each) ? leaves(each) : [])),
    );
  }
  while (block !== undefined) {
    const index = Number(rest[0]);
    found.unshift(...block.steps.slice(0, index).flatMap((each) => (isObject(each) ? leaves(each) : [])));
    const step = block.steps[index];
    if (!isObject(step)) break;
    place = below(place, index);
    const inner = blocksOf(step).find((each) => pointer.startsWith(`${place}${each.path}/`));
    if (inner !== undefined && kindOf(step) === 'for_each') {
      const from = idOf(step);
      found.unshift(
        { path: textOf(step.as) || 'item', from, hint: 'the item' },
        { path: 'index', from, hint: 'its number, from 0' },
      );
    }
    if (inner?.path === '/catch') found.unshift(...error);
    // Branches side by side do not see each other; those of one choice are never both taken.
    if (inner !== undefined) {
      place += inner.path;
      rest = segments(pointer).slice(segments(place).length);
    }
    block = inner;
  }
  const seen = new Set<string>();
  return found.filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** Names of the answer that a `save` sees, from the step it belongs to. */
export const answerNames = (sample: unknown): Name[] => [
  ...fieldsOf(sample, 'body').slice(0, 30),
  { path: 'status', from: '', hint: 'the HTTP status' },
  { path: 'headers', from: '', hint: 'the answer’s headers' },
];

function fieldsOf(value: unknown, path: string): Name[] {
  if (Array.isArray(value))
    return [
      { path, from: '', hint: `${listOf(value).length} items` },
      ...fieldsOf(value[0], `${path}[0]`).slice(1),
    ];
  if (typeof value !== 'object' || value === null)
    return [{ path, from: '', hint: value === undefined ? '' : JSON.stringify(value) }];
  const inner = Object.entries(value).flatMap(([name, each]) =>
    fieldsOf(each, /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`),
  );
  return [{ path, from: '', hint: 'the whole answer' }, ...inner];
}

/** Names that a text mentions and only a run can give, each standing for itself: `‹lead_id›`. */
export function standIns(doc: Doc, pointer: string, text: string): JsonObject {
  const roots = new Set(namesAt(doc, pointer).map(({ path }) => path.split(/[.[]/)[0] ?? ''));
  roots.delete('steps');
  const mentioned = [...roots].filter((root) => new RegExp(`(?<![\\w.'"])${root}(?!\\w)`).test(text));
  return Object.fromEntries(mentioned.map((root) => [root, `‹${root}›`]));
}

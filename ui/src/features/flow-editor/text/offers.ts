/** What could be written at a place of a flow's text: names and words of its schema, actions with their fields, values and filters. */
import type { ChoiceGroup } from '@/components/finder';
import { filterBehind, isOpen, typedAt } from '@/features/flow-editor/fields/insert';
import { fitting, short } from '@/features/flow-editor/model/choices';
import { below } from '@/features/flow-editor/model/json';
import { type Cursor, cursorIn, type Value } from '@/lib/json-cursor';
import { beginOf, namesIn, type Schema, valueAt, valuesAt } from '@/lib/json-schema';
import type { Offer, Offers } from '@/lib/offers';
import type { Action, EventKind, Filter } from '@/lib/types';

export type Known = {
  schema: Schema | undefined;
  actions: Action[];
  kinds: EventKind[];
  connections: string[];
  filters: Filter[];
  /** What a text at a place may name. */
  values: (pointer: string, bare: boolean) => ChoiceGroup[];
};

/** The most that are offered at once. */
const most = 60;
/** Texts that are expressions as a whole. */
const expressions = new Set(['if', 'stop_when']);

export function offersAt(text: string, at: number, asked: boolean, known: Known): Offers | undefined {
  const cursor = cursorIn(text, at);
  if (!cursor) return undefined;
  if (cursor.isName) return names(text, cursor, known);
  return (cursor.isQuoted && expression(text, at, asked, cursor, known)) || words(text, cursor, known);
}

function names(text: string, { path, from, to, isQuoted, root }: Cursor, known: Known): Offers {
  const action = path.at(-1) === 'with' ? actionAt(known, root, path.slice(0, -1)) : undefined;
  const there = valueAt(root, path);
  const all: [name: string, begin: string, info: string | undefined][] = [
    ...(known.schema ? namesIn(known.schema, root, path) : [])
      .filter(([name]) => !name.startsWith('$'))
      .map(([name, schema]): [string, string, string | undefined] => [
        name,
        beginOf(schema),
        schema.description,
      ]),
    ...(action?.fields ?? [])
      .filter(({ name }) => typeof there !== 'object' || there === null || !Object.hasOwn(there, name))
      .map((field): [string, string, string] => [field.name, beginOfField(field.type), field.help]),
  ];
  const follows = text.slice(to).trimStart();
  const offers = all.map(([name, begin, info]): Offer => {
    if (follows.startsWith(':')) return { label: name, info, insert: `"${name}"` };
    const head = `"${name}": `;
    const insert = `${head}${begin}${follows.startsWith('"') ? ',' : ''}`;
    return { label: name, info, insert, cursor: head.length + Math.min(1, begin.length) };
  });
  return { word: isQuoted ? from + 1 : from, from, to, offers };
}

/** In a placeholder, or in a text that is an expression. */
function expression(text: string, at: number, asked: boolean, cursor: Cursor, known: Known) {
  const { path, from, to } = cursor;
  const bare = expressions.has(path.at(-1) ?? '');
  const before = text.slice(from + 1, at);
  const typed = typedAt(before, before.length, bare);
  const word = from + 1 + typed.from;
  if (typed.filter) {
    const offers = known.filters.map(
      ({ name, required, optional }): Offer => ({
        label: name,
        ...filterBehind(text.slice(0, word), name, required > 0),
        ...(required + optional > 0 && { detail: required > 0 ? 'needs an argument' : 'may have one' }),
      }),
    );
    return { word, from: word, to: at, offers };
  }
  const opened = /\{\{\s*$/.exec(before.slice(0, typed.from));
  if (!(bare || isOpen(before)) || (typed.word === '' && !opened && !asked)) return undefined;
  const closing = /^\s*\}\}/.exec(text.slice(at, to))?.[0].length ?? 0;
  const found = fitting(known.values(below('', ...path), bare), typed.word, most);
  const offers = found
    // What would need an escape is left to be typed.
    .filter(({ value }) => !/["\\]/.test(value))
    .map(({ value, label, hint, words }): Offer => {
      const insert = opened && !value.startsWith('${') ? `{{ ${value} }}` : value;
      return { label, insert, detail: hint, ...(words && { info: words }) };
    });
  const start = opened ? from + 1 + opened.index : word;
  return { word, from: start, to: opened ? at + closing : at, offers };
}

/** A whole value: what the schema names, and what is known by name. */
function words(text: string, { path, from, to, isQuoted, root }: Cursor, known: Known): Offers {
  const named = known.schema ? namedAt(known, root, path) : [];
  const usual = known.schema && named.length === 0 ? valuesAt(known.schema, root, path) : [];
  const quoted = named.map((offer) => ({ ...offer, insert: JSON.stringify(offer.label) }));
  const others = usual
    .filter((value) => !isQuoted || typeof value === 'string')
    .map((value) => ({ label: short(value), insert: JSON.stringify(value) }));
  const word = isQuoted ? from + 1 : from;
  return {
    word,
    from,
    to: isQuoted || text.slice(from, to).trim() !== '' ? to : from,
    offers: [...quoted, ...others],
  };
}

function namedAt(known: Known, root: Value, path: string[]): Offer[] {
  const last = path.at(-1);
  if (last === 'do') return known.actions.map(({ name, label }) => ({ label: name, detail: label }));
  if (last === 'connection') return known.connections.map((name) => ({ label: name }));
  if (path.length === 2 && path[0] === 'on')
    return known.kinds.map(({ kind, title }) => ({ label: kind, detail: title }));
  return path.at(-2) === 'with' ? choicesOf(known, root, path) : [];
}

function actionAt({ actions }: Known, root: Value, path: string[]): Action | undefined {
  const name = valueAt(root, [...path, 'do']);
  return actions.find((action) => action.name === name);
}

function choicesOf(known: Known, root: Value, path: string[]): Offer[] {
  const action = actionAt(known, root, path.slice(0, -2));
  const field = action?.fields.find(({ name }) => name === path.at(-1));
  return (field?.choices ?? []).map(({ value, label }) => ({ label: value, detail: label }));
}

const beginOfField = (type: Action['fields'][number]['type']) =>
  type === 'pairs' || type === 'json' ? '{}' : type === 'files' ? '[]' : type === 'number' ? '' : '""';

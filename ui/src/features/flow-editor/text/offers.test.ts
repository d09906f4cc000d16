import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Schema } from '@/lib/json-schema';
import type { Action, EventKind } from '@/lib/types';
import { type Known, offersAt } from './offers';

const file = join(import.meta.dirname, '../../../../../crates/kernel/schema/flow.json');
const fields = [
  { name: 'method', type: 'choice', help: '', choices: [{ value: 'POST', label: 'POST' }] },
  { name: 'json', type: 'json', help: 'The body', choices: [] },
];
/** The payload's own spelling. */
const payload = `\${contact.name}`;

const known: Known = {
  schema: JSON.parse(readFileSync(file, 'utf8')) as Schema,
  actions: [{ name: 'http.request', label: 'HTTP request', fields } as unknown as Action],
  kinds: [{ kind: 'call.ended', title: 'A call has ended' } as EventKind],
  connections: ['Mail'],
  filters: [
    { name: 'upper', required: 0, optional: 0 },
    { name: 'date', required: 1, optional: 0 },
  ],
  values: (_, bare) => [
    {
      label: 'Contact',
      items: [
        { value: 'contact.name', label: 'contact.name', hint: 'Ada' },
        ...(bare ? [] : [{ value: payload, label: payload }]),
      ],
    },
  ],
};

/** The text after the offer of that name was taken, with the cursor as `^`. */
function taken(marked: string, label: string, asked = false): string | undefined {
  const at = marked.indexOf('^');
  const text = marked.replace('^', '');
  const found = offersAt(text, at, asked, known);
  const offer = found?.offers.find((each) => each.label === label);
  if (!found || !offer) return undefined;
  const { insert = label, cursor = insert.length } = offer;
  return `${text.slice(0, found.from)}${insert.slice(0, cursor)}^${insert.slice(cursor)}${text.slice(found.to)}`;
}
const step = (inner: string) => `{ "steps": [{ "do": "http.request", ${inner} }] }`;

describe('what is offered', () => {
  it.each([
    ['{ "st^" }', 'steps', '{ "steps": [^] }'],
    ['{ ^ }', 'name', '{ "name": "^" }'],
    ['{ ^\n "on": [] }', 'name', undefined],
    ['{ "na^": "x" }', 'name', '{ "name"^: "x" }'],
    ['{ "on": ["^"] }', 'call.ended', '{ "on": ["call.ended"^] }'],
    ['{ "on": [^] }', 'call.ended', '{ "on": ["call.ended"^] }'],
    ['{ "steps": [{ "do": "ht^" }] }', 'http.request', '{ "steps": [{ "do": "http.request"^ }] }'],
    [step('"connection": ^'), 'Mail', step('"connection": "Mail"^')],
    [step('"on_error": "^"'), 'continue', step('"on_error": "continue"^')],
    [step('"with": { "^" }'), 'json', step('"with": { "json": {^} }')],
    [step('"with": { "method": "^" }'), 'POST', step('"with": { "method": "POST"^ }')],
    [step('"with": { "^" }'), 'switch', undefined],
  ])('%s', (text, label, wanted) => expect(taken(text, label)).toBe(wanted));

  it.each([
    [step('"with": { "url": "{{^" }'), 'contact.name', step('"with": { "url": "{{ contact.name }}^" }')],
    [
      step('"with": { "url": "{{ con^ }}" }'),
      'contact.name',
      step('"with": { "url": "{{ contact.name }}^" }'),
    ],
    [step('"with": { "url": "{{^" }'), payload, step(`"with": { "url": "${payload}^" }`)],
    [step('"if": "con^"'), 'contact.name', step('"if": "contact.name^"')],
    [step('"if": "con^"'), payload, undefined],
    [step('"with": { "url": "{{ a |^ }}" }'), 'upper', step('"with": { "url": "{{ a | upper^ }}" }')],
    [step('"with": { "url": "{{ a | d^" }'), 'date', step('"with": { "url": "{{ a | date(\'^\')" }')],
    [step('"with": { "url": "con^" }'), 'contact.name', undefined],
  ])('in a text: %s', (text, label, wanted) => expect(taken(text, label)).toBe(wanted));
});

/** What a form holds of a recipe's inputs, and what is sent of it. */
import { syntaxError } from '@/lib/json-place';
import type { Inputs } from '@/lib/server/recipes';
import type { RecipeInput } from '@/lib/types';

/** As typed; a truth as it is. */
export type Typed = Record<string, string | boolean>;

const listed = (type: RecipeInput['type']) => type === 'agents' || type === 'campaigns';

/** What the form begins with: defaults, as people would type them. */
export function begin(inputs: RecipeInput[]): Typed {
  return Object.fromEntries(inputs.map((input) => [input.name, shown(input.type, input.default)]));
}

function shown(type: RecipeInput['type'], value: unknown): string | boolean {
  if (type === 'boolean') return value === true;
  if (value === null || value === undefined) return '';
  if (listed(type)) return (value as string[]).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** What is given; empty fields are not. What is no number or no JSON goes as text, and the server says so. */
export function toSend(inputs: RecipeInput[], typed: Typed): Inputs {
  const given = inputs.map(({ name, type }): [string, unknown] => [name, value(type, typed[name] ?? '')]);
  return Object.fromEntries(given.filter(([, each]) => each !== undefined));
}

function value(type: RecipeInput['type'], typed: string | boolean): unknown {
  if (typeof typed === 'boolean') return typed;
  const text = typed.trim();
  if (text === '') return type === 'choice' ? undefined : '';
  if (listed(type))
    return text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
  if (type === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (type === 'json') return syntaxError(text) ? text : JSON.parse(text);
  return type === 'long_text' || type === 'template' ? typed : text;
}

/** An example as the hint of a field. */
export function hint({ type, example }: RecipeInput): string | undefined {
  const text = shown(type, example);
  return typeof text === 'string' && text !== '' ? text.split('\n')[0] : undefined;
}

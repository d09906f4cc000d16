/** What a JSON Schema allows at a place of a value that is being written: names, and values. It checks nothing. */
import type { Value } from './json-cursor';

export type Schema = {
  $ref?: string;
  $defs?: Record<string, Schema>;
  description?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  required?: string[];
  enum?: Value[];
  const?: Value;
  oneOf?: Schema[];
  anyOf?: Schema[];
  examples?: Value[];
  default?: Value;
};

const isObject = (value: Value | undefined): value is { [name: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const valueAt = (root: Value, path: string[]): Value | undefined =>
  path.reduce<Value | undefined>(
    (value, name) => (Array.isArray(value) ? value[Number(name)] : isObject(value) ? value[name] : undefined),
    root,
  );

/** The schema itself, or those of its choices that have most of what must be there. */
function open(root: Schema, schema: Schema, value: Value | undefined, depth = 0): Schema[] {
  if (depth > 20) return [];
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    return target ? open(root, target, value, depth + 1) : [];
  }
  const choices = schema.oneOf ?? schema.anyOf;
  if (!choices) return [schema];
  const all = choices.flatMap((choice) => open(root, choice, value, depth + 1));
  const met = (each: Schema) =>
    (each.required ?? []).filter((name) => isObject(value) && Object.hasOwn(value, name)).length;
  const most = Math.max(0, ...all.map(met));
  return most === 0 ? all : all.filter((each) => met(each) === most);
}

/** The schemas that hold at a place. */
function schemasAt(root: Schema, value: Value, path: string[]): Schema[] {
  let schemas = open(root, root, value);
  path.forEach((name, i) => {
    const inner = valueAt(value, path.slice(0, i + 1));
    schemas = schemas.flatMap((schema) => {
      const own = schema.properties?.[name];
      const further = schema.items ?? schema.additionalProperties;
      const next = own ?? (typeof further === 'object' ? further : undefined);
      return next ? open(root, next, inner) : [];
    });
  });
  return schemas;
}

/** The names that may stand in an object, each with its schema; those that stand there already are left out. */
export function namesIn(root: Schema, value: Value, path: string[]): [name: string, schema: Schema][] {
  const there = valueAt(value, path);
  const names = new Map<string, Schema>();
  for (const { properties = {} } of schemasAt(root, value, path)) {
    for (const [name, schema] of Object.entries(properties)) {
      const [opened = schema] = open(root, schema, undefined);
      if (!names.has(name) && !(isObject(there) && Object.hasOwn(there, name))) names.set(name, opened);
    }
  }
  return [...names];
}

const types = ({ type = [] }: Schema) => [type].flat();

/** The values that a schema names, or that are usual for it. */
export function valuesAt(root: Schema, value: Value, path: string[]): Value[] {
  const all = schemasAt(root, value, path).flatMap((schema) => [
    ...(schema.const === undefined ? [] : [schema.const]),
    ...(schema.enum ?? []),
    ...(types(schema).includes('boolean') ? [true, false] : []),
    ...(schema.default === undefined ? [] : [schema.default]),
    ...(schema.examples ?? []),
  ]);
  const seen = new Set<string>();
  return all.filter((each) => {
    const text = JSON.stringify(each);
    return each !== null && !seen.has(text) && seen.add(text);
  });
}

/** What a value of it begins with, as text. */
export function beginOf(schema: Schema): string {
  const [type] = types(schema);
  if (type === 'object' || schema.properties) return '{}';
  if (type === 'array' || schema.items) return '[]';
  return type === 'string' ? '""' : '';
}

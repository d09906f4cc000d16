/** JSON as flow documents hold it, and reading and changing it by pointer (RFC 6901). Nothing here changes a value in place. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json };
export type Doc = JsonObject;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

export const below = (at: string, ...names: (string | number)[]): string =>
  names.reduce<string>(
    (path, name) => `${path}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    at,
  );

export const segments = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The place around a place, and the last part of it. */
export function split(pointer: string): [parent: string, last: string] {
  const parts = segments(pointer);
  const last = parts.pop() ?? '';
  return [below('', ...parts), last];
}

export function get(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const part of segments(pointer)) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}

/** The root with `value` at the place; `undefined` takes the member away, and objects on the way are made. */
export function set(root: Json, pointer: string, value: Json | undefined): Json {
  const change = (here: Json | undefined, [part, ...rest]: string[]): Json | undefined => {
    if (part === undefined) return value;
    if (Array.isArray(here)) {
      const index = Number(part);
      const next = change(here[index], rest);
      return next === undefined
        ? here.filter((_, i) => i !== index)
        : Object.assign([...here], { [index]: next });
    }
    const members = objectOf(here);
    const next = change(Object.hasOwn(members, part) ? members[part] : undefined, rest);
    if (next !== undefined) return { ...members, [part]: next };
    const { [part]: _, ...others } = members;
    return others;
  };
  return change(root, segments(pointer)) ?? null;
}

/** The value with every text in it changed, keys too where the change says so. */
export function mapTexts(value: Json, change: (text: string, name: string) => string, name = ''): Json {
  if (typeof value === 'string') return change(value, name);
  if (Array.isArray(value)) {
    const next = value.map((item) => mapTexts(item, change, name));
    return next.some((item, i) => item !== value[i]) ? next : value;
  }
  if (!isObject(value)) return value;
  const next = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts(item, change, key)]),
  );
  return Object.keys(value).some((key) => next[key] !== value[key]) ? next : value;
}

/** Objects that say nothing when they are empty. */
const hollow = /\/(where|retry|with|save|collect|window)$/;

/** As `set`; an object around what was taken away goes with its last member, where it may. */
export function setPruned(root: JsonObject, pointer: string, value: Json | undefined): JsonObject {
  const next = set(root, pointer, value) as JsonObject;
  const [parent] = split(pointer);
  const left = get(next, parent);
  const emptied =
    value === undefined && hollow.test(parent) && isObject(left) && Object.keys(left).length === 0;
  return emptied ? (set(next, parent, undefined) as JsonObject) : next;
}

/** Objects in objects, from dotted paths; a path below what is no object is left out. */
export function nest(values: (readonly [path: string, value: unknown])[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let inner: unknown = root;
    for (const name of names) {
      const members = inner as Record<string, unknown>;
      if (!Object.hasOwn(members, name)) members[name] = {};
      inner = members[name];
      if (typeof inner !== 'object' || inner === null) break;
    }
    if (typeof inner === 'object' && inner !== null && !(last in inner)) {
      Object.defineProperty(inner, last, { value, enumerable: true, writable: true, configurable: true });
    }
  }
  return root;
}

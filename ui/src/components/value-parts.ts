/** The parts of a JSON value, for views of it: bounded, so that a long answer stays a short page. */
export type Part = { name: string; depth: number; type: string; value: string };
export type Table = { columns: string[]; rows: string[][]; more: number };

const mostParts = 200;
const mostRows = 100;
const mostColumns = 20;
const deepest = 8;
const longest = 120;

export const typeOf = (value: unknown): string =>
  value === null || value === undefined
    ? 'null'
    : Array.isArray(value)
      ? `list of ${value.length}`
      : typeof value;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in a cell. */
export function brief(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Every member at any depth, of a list its first item; and whether that is not all. */
export function partsOf(value: unknown): { parts: Part[]; more: boolean } {
  const parts: Part[] = [];
  let more = false;
  const walk = (inner: unknown, depth: number) => {
    const members: [string, unknown][] = isObject(inner)
      ? Object.entries(inner)
      : Array.isArray(inner) && inner.length > 0
        ? [['[0]', inner[0]]]
        : [];
    for (const [name, member] of members) {
      if (parts.length >= mostParts || depth > deepest) {
        more = true;
        return;
      }
      const holds = typeof member === 'object' && member !== null;
      parts.push({ name, depth, type: typeOf(member), value: holds ? '' : brief(member) });
      if (holds) walk(member, depth + 1);
    }
  };
  walk(value, 0);
  return { parts, more };
}

/** A list of objects by their members, another list by its items, an object by name and value. */
export function tableOf(value: unknown): Table {
  if (Array.isArray(value)) {
    const shown = value.slice(0, mostRows);
    const names = [...new Set(shown.flatMap((item) => (isObject(item) ? Object.keys(item) : [])))];
    const more = value.length - shown.length;
    if (names.length === 0) return { columns: ['item'], rows: shown.map((item) => [brief(item)]), more };
    const columns = names.slice(0, mostColumns);
    const cell = (item: unknown, name: string) => (isObject(item) ? brief(item[name]) : brief(item));
    return { columns, rows: shown.map((item) => columns.map((name) => cell(item, name))), more };
  }
  const members = isObject(value) ? Object.entries(value) : [['', value] as const];
  const rows = members.slice(0, mostRows).map(([name, member]) => [name, brief(member)]);
  return { columns: ['name', 'value'], rows, more: members.length - rows.length };
}

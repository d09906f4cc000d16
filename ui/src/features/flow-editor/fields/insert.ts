/** Putting a path into a text at the cursor. */
export type Inserted = { text: string; cursor: number };

/** Whether a placeholder that began in a text is not closed in it. */
export const isOpen = (before: string) => before.lastIndexOf('{{') > before.lastIndexOf('}}');

/** As `{{ path }}`, or into the placeholder whose signs were just typed, or into the one around the cursor. */
export function insertPlaceholder(text: string, from: number, to: number, path: string): Inserted {
  const before = text.slice(0, from);
  const after = text.slice(to);
  // The payload's own spelling is a placeholder already.
  if (path.startsWith('${'))
    return insertPath(text, from - (/\{\{\s*$/.exec(before)?.[0].length ?? 0), to, path);
  const opened = /\{\{\s*$/.exec(before);
  if (opened) {
    const head = `${before.slice(0, opened.index)}{{ ${path} }}`;
    return { text: head + after.replace(/^\s*\}\}/, ''), cursor: head.length };
  }
  const head = isOpen(before) ? before + path : `${before}{{ ${path} }}`;
  return { text: head + after, cursor: head.length };
}

export function insertPath(text: string, from: number, to: number, path: string): Inserted {
  const head = text.slice(0, from) + path;
  return { text: head + text.slice(to), cursor: head.length };
}

/** An expression whose paths came as placeholders. */
export const withoutBraces = (text: string) => text.replace(/\{\{\s*(.*?)\s*\}\}/g, '$1');

export type Typed = {
  /** Where the word at the cursor begins: what is chosen takes its place. */
  from: number;
  word: string;
  /** A filter is wanted there, not a value. */
  filter: boolean;
};

/** What is being written at the cursor: in a placeholder that is open, or in a text that is a whole expression. */
export function typedAt(text: string, cursor: number, bare: boolean): Typed {
  const before = text.slice(0, cursor);
  const open = bare ? 0 : before.lastIndexOf('{{') + 2;
  const inside = bare || (open > 1 && open > before.lastIndexOf('}}'));
  if (!inside) return { from: cursor, word: '', filter: false };
  const word = /[A-Za-z_][\w.]*$/.exec(before.slice(open))?.[0] ?? '';
  const from = cursor - word.length;
  return { from, word, filter: /\|\s*$/.test(before.slice(open, from)) };
}

/** A filter's name as it goes behind what stands before it; where it needs an argument the cursor stands in it. */
export function filterBehind(
  before: string,
  name: string,
  argument: boolean,
): { insert: string; cursor: number } {
  const insert = `${before.endsWith('|') ? ' ' : ''}${name}${argument ? "('')" : ''}`;
  return { insert, cursor: insert.length - (argument ? 2 : 0) };
}

/** A filter in the place of what was typed of it. */
export function insertFilter(text: string, from: number, to: number, name: string, argument: boolean) {
  const { insert, cursor } = filterBehind(text.slice(0, from), name, argument);
  return { ...insertPath(text, from, to, insert), cursor: from + cursor };
}

/** Putting a path into a text at the cursor. */
export type Inserted = { text: string; cursor: number };

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
  const inside = before.lastIndexOf('{{') > before.lastIndexOf('}}');
  const head = inside ? before + path : `${before}{{ ${path} }}`;
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

/** A filter's name in the place of what was typed of it; where it needs an argument the cursor stands in it. */
export function insertFilter(text: string, from: number, to: number, name: string, argument: boolean) {
  const space = text[from - 1] === '|' ? ' ' : '';
  const next = insertPath(text, from, to, `${space}${name}${argument ? "('')" : ''}`);
  return argument ? { ...next, cursor: next.cursor - 2 } : next;
}

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
  const inside = before.lastIndexOf('{{') > before.lastIndexOf('}}') && after.includes('}}');
  const head = inside ? before + path : `${before}{{ ${path} }}`;
  return { text: head + after, cursor: head.length };
}

export function insertPath(text: string, from: number, to: number, path: string): Inserted {
  const head = text.slice(0, from) + path;
  return { text: head + text.slice(to), cursor: head.length };
}

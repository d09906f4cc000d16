export type Part = { text: string; tone: 'key' | 'text' | 'number' | 'word' | 'plain' };

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Cuts JSON text into coloured parts; what is no token stays plain, so that any text survives unchanged. */
export function highlight(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), tone: 'plain' });
    const [whole, quoted, colon, number] = match;
    if (quoted !== undefined) {
      parts.push({ text: quoted, tone: colon === undefined ? 'text' : 'key' });
      if (colon !== undefined) parts.push({ text: colon, tone: 'plain' });
    } else {
      parts.push({ text: whole, tone: number === undefined ? 'word' : 'number' });
    }
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), tone: 'plain' });
  return parts;
}

/** The text indented if it is JSON, else nothing. Numbers beyond what JavaScript holds exactly keep the text as it is. */
export function pretty(text: string): string | undefined {
  if (!/^\s*[[{"]/.test(text) || /[^."\d]\d{16,}/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

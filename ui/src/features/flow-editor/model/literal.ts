/** Between what stands in an expression and what a person types into a value field: `'high'` ⇄ high, `contact.id` ⇄ {{ contact.id }}. */
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const words = new Set(['true', 'false', 'null']);
const quoted = /^'((?:[^'\\]|\\.)*)'$|^"((?:[^"\\]|\\.)*)"$/s;

const isBare = (text: string) => number.test(text) || words.has(text);

export function quote(text: string): string {
  const escaped = text
    .replace(/\\(?=[\\'nt]|$)/g, '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}

function unquote(expression: string): string | undefined {
  const match = quoted.exec(expression);
  const inner = match?.[1] ?? match?.[2];
  return inner?.replace(/\\(['"\\nt])/g, (_, sign: string) =>
    sign === 'n' ? '\n' : sign === 't' ? '\t' : sign,
  );
}

/** An expression as the value field shows it. */
export function shown(expression: string): string {
  const text = unquote(expression.trim());
  if (text !== undefined) return isBare(text) || text === '' || /^['"[{]/.test(text) ? quote(text) : text;
  if (isBare(expression.trim()) || expression.trim().startsWith('[')) return expression.trim();
  return expression.trim() === '' ? '' : `{{ ${expression.trim()} }}`;
}

/** What was typed, as an expression. */
export function written(typed: string): string {
  const text = typed.trim();
  const placeholder = /^\{\{(.*)\}\}$/s.exec(text)?.[1];
  if (placeholder !== undefined) return placeholder.trim();
  return isBare(text) || quoted.test(text) || /^\[.*\]$/s.test(text) ? text : quote(text);
}

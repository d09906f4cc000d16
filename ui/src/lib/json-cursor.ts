/** What is being written at a place of a JSON text that need not be finished: it reads what it can and never fails. */
export type Value = null | boolean | number | string | Value[] | { [name: string]: Value };

export type Cursor = {
  /** Down to the value that is written, or to the object in which a name is. */
  path: string[];
  /** A name is written, not a value. */
  isName: boolean;
  /** Where it begins and ends, its quotes included. */
  from: number;
  to: number;
  isQuoted: boolean;
  /** The whole text, as far as it can be read. */
  root: Value;
};

/** Deeper nothing is read. */
const deepest = 200;

export function cursorIn(text: string, offset: number): Cursor | undefined {
  let at = 0;
  let found: Omit<Cursor, 'root'> | undefined;

  const space = () => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };
  const take = (token: RegExp): string => {
    token.lastIndex = at;
    const [whole = ''] = token.exec(text) ?? [];
    at += whole.length;
    return whole;
  };
  const isEnd = () => at >= text.length;
  /** A text to its other quote, or to the end of its line. */
  const string = (): string => {
    const whole = take(/"(?:[^"\\\n]|\\.)*"?/y);
    try {
      return String(JSON.parse(whole));
    } catch {
      return whole.slice(1);
    }
  };
  /** Remembers what stands from a sign on to here, if the place is in it. */
  const mark = (start: number, from: number, path: string[], isName: boolean) => {
    if (found || offset < start || offset > at) return;
    const isQuoted = text[from] === '"';
    // Behind the other quote nothing is written any more.
    const isClosed = isQuoted && at > from + 1 && text[at - 1] === '"';
    if (isQuoted && (offset <= from || (isClosed && offset === at))) return;
    const [begin, end] = offset < from || at === from ? [offset, offset] : [from, at];
    found = { path, isName, from: begin, to: end, isQuoted };
  };

  function value(path: string[], start: number): Value {
    space();
    const from = at;
    if (path.length > deepest) at = text.length;
    switch (text[at]) {
      case '{':
        return object(path);
      case '[':
        return list(path);
      case '"': {
        const read = string();
        mark(start, from, path, false);
        return read;
      }
      default: {
        const word = take(/[^\s,:{}[\]"]+/y);
        mark(start, from, path, false);
        return /^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(word) ? (JSON.parse(word) as Value) : word;
      }
    }
  }
  function object(path: string[]): Value {
    const members: { [name: string]: Value } = {};
    at += 1;
    for (let start = at; !isEnd(); start = at) {
      space();
      const from = at;
      const name = text[at] === '"' ? string() : take(/[\w$-]+/y);
      mark(start, from, path, true);
      space();
      if (text[at] === ':') {
        at += 1;
        members[name] = value([...path, name], at);
        space();
      } else if (at > from && name !== '') members[name] = null;
      if (text[at] === ',') at += 1;
      else if (text[at] === '}') {
        at += 1;
        break;
      } else if (text[at] === ']' || isEnd()) break;
      else if (at === from) at += 1;
    }
    return members;
  }
  function list(path: string[]): Value {
    const items: Value[] = [];
    at += 1;
    for (let start = at; !isEnd(); start = at) {
      const before = at;
      const item = value([...path, String(items.length)], start);
      if (item !== '' || text[at - 1] === '"') items.push(item);
      space();
      if (text[at] === ',') at += 1;
      else if (text[at] === ']') {
        at += 1;
        break;
      } else if (text[at] === '}' || isEnd()) break;
      else if (at === before) at += 1;
    }
    return items;
  }

  const root = value([], 0);
  return found && { ...found, root };
}

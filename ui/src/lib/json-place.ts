/** Where things stand in a JSON text: finds the place of a JSON Pointer, and of the first syntax error. */
export type Place = { offset: number; line: number; column: number };

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - before.lastIndexOf('\n') };
}

class SyntaxFault extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Reads a whole JSON text and remembers at which offset each value starts, by its pointer. */
function scan(text: string): Map<string, number> {
  const places = new Map<string, number>();
  let at = 0;

  const space = () => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };
  const fail = (expected: string): never => {
    const found = text[at] === undefined ? 'the end of the text' : `\`${text[at]}\``;
    throw new SyntaxFault(at, `expected ${expected}, found ${found}`);
  };
  const string = (what: string): string => {
    const match = /"(?:[^"\\\n]|\\.)*"/y;
    match.lastIndex = at;
    const quoted = match.exec(text)?.[0];
    if (quoted === undefined) return fail(what);
    try {
      const value: unknown = JSON.parse(quoted);
      at += quoted.length;
      return String(value);
    } catch {
      return fail('a string with valid escapes');
    }
  };
  const list = (close: string, item: (index: number) => void) => {
    at += 1;
    space();
    for (let index = 0; text[at] !== close; index += 1) {
      if (index > 0) {
        if (text[at] !== ',') fail(`\`,\` or \`${close}\``);
        at += 1;
        space();
      }
      item(index);
      space();
    }
    at += 1;
  };
  const value = (pointer: string): void => {
    space();
    places.set(pointer, at);
    if (text[at] === '{') {
      list('}', () => {
        const start = at;
        const name = string('a name in double quotes');
        space();
        if (text[at] !== ':') fail('`:`');
        at += 1;
        const inner = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        value(inner);
        places.set(inner, start);
      });
    } else if (text[at] === '[') {
      list(']', (index) => value(`${pointer}/${index}`));
    } else if (text[at] === '"') {
      string('a string that ends on its line');
    } else {
      const match = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
      match.lastIndex = at;
      const word = match.exec(text)?.[0];
      if (word === undefined) fail('a value');
      else at += word.length;
    }
  };

  value('');
  space();
  if (at < text.length) fail('the end of the text');
  return places;
}

/** The place of what a pointer names, or of its nearest parent that exists. */
export function findPointer(text: string, pointer: string): Place | undefined {
  try {
    const places = scan(text);
    for (let path = pointer; ; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
      const offset = places.get(path);
      if (offset !== undefined) return placeAt(text, offset);
      if (path === '') return undefined;
    }
  } catch {
    return undefined;
  }
}

/** The pointer of the value that begins last before an offset; nothing where the text is not JSON. */
export function pointerAt(text: string, offset: number): string | undefined {
  try {
    let [found, from] = ['', -1];
    for (const [pointer, start] of scan(text)) {
      if (start <= offset && start >= from) [found, from] = [pointer, start];
    }
    return found;
  } catch {
    return undefined;
  }
}

/** What is wrong with the text as JSON and where; nothing when it is JSON. */
export function syntaxError(text: string): (Place & { message: string }) | undefined {
  try {
    scan(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { ...placeAt(text, error.offset), message: error.message };
  }
}

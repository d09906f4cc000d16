import { describe, expect, it } from 'vitest';
import { cursorIn } from './json-cursor';

const at = (text: string) => {
  const found = cursorIn(text.replace('^', ''), text.indexOf('^'));
  if (!found) return undefined;
  const { path, isName, from, to } = found;
  return `${isName ? 'name' : 'value'} /${path.join('/')} ${text.replace('^', '').slice(from, to)}`;
};

describe('what is being written', () => {
  it.each([
    ['^', 'value / '],
    ['{ ^ }', 'name / '],
    ['{ "na^" }', 'name / "na"'],
    ['{ "na^', 'name / "na'],
    ['{\n  "a": 1,\n  ^\n}', 'name / '],
    ['{ "a": ^ }', 'value /a '],
    ['{ "a": tr^ }', 'value /a tr'],
    ['{ "on": ["call.e^"] }', 'value /on/0 "call.e"'],
    ['{ "on": [^] }', 'value /on/0 '],
    ['{ "on": ["a", ^] }', 'value /on/1 '],
    ['{ "steps": [{ "id": "a" }, { "with": { "url": "{{ con^" } }] }', 'value /steps/1/with/url "{{ con"'],
    ['{ "steps": [{ "id": "a" }, { "do^', 'name /steps/1 "do'],
    ['{ "a": { "b": 1 ^} }', undefined],
    ['{ "a": "b"^ }', undefined],
    ['{ "a" ^: 1 }', undefined],
  ])('%s', (text, wanted) => expect(at(text)).toBe(wanted));

  it('what stands around it is read as far as it goes', () => {
    const text = '{ "a": [1, { "do": "http.request", "with": { "" } }], "b": tru, "c"';
    expect(cursorIn(text, text.indexOf('""') + 1)?.root).toEqual({
      a: [1, { do: 'http.request', with: {} }],
      b: 'tru',
      c: null,
    });
  });

  it('ends whatever the text is', () => {
    cursorIn('['.repeat(100_000), 5);
    for (const text of ['{{{', ']]', '{]', '[}', '{"a":{"b":[{"', ':,', '"', '{ "a" "b" }', '[1 2 "', '}{'])
      for (let offset = 0; offset <= text.length; offset += 1) cursorIn(text, offset);
  });
});

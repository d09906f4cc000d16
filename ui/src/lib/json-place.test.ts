import { expect, it } from 'vitest';
import { findPointer, syntaxError } from './json-place';

const text = `{
  "name": "x",
  "steps": [
    { "id": "a", "with": { "u/r~l": 1 } },
    { "id": "b" }
  ]
}`;

it('finds the line of what a pointer names, or of its nearest parent', () => {
  const line = (pointer: string) => findPointer(text, pointer)?.line;
  expect(line('')).toBe(1);
  expect(line('/name')).toBe(2);
  expect(line('/steps/1/id')).toBe(5);
  expect(line('/steps/0/with/u~1r~0l')).toBe(4);
  expect(line('/steps/1/with/url')).toBe(5);
  expect(line('/nothing')).toBe(1);
});

it('says where a text stops being JSON, and what was expected', () => {
  expect(syntaxError(text)).toBeUndefined();
  expect(syntaxError('{"a": 1,}')).toMatchObject({
    line: 1,
    column: 9,
    message: 'expected a name in double quotes, found `}`',
  });
  expect(syntaxError('{\n  "a" 1\n}')).toMatchObject({
    line: 2,
    column: 7,
    message: 'expected `:`, found `1`',
  });
  expect(syntaxError('[1')?.message).toBe('expected `,` or `]`, found the end of the text');
  expect(syntaxError('{"a": tru}')?.message).toBe('expected a value, found `t`');
  expect(syntaxError('')?.message).toBe('expected a value, found the end of the text');
  expect(syntaxError('1 2')?.message).toBe('expected the end of the text, found `2`');
});

it('agrees with the platform on what is JSON', () => {
  for (const each of [
    '[]',
    '{}',
    '"a\\u00e4"',
    '-1.5e3',
    '[[],{}]',
    '01',
    '[1,]',
    '{"a":}',
    '"a\nb"',
    'nul',
    '{"a":1 "b":2}',
  ]) {
    let good = true;
    try {
      JSON.parse(each);
    } catch {
      good = false;
    }
    expect(syntaxError(each) === undefined, each).toBe(good);
  }
});

import { expect, it } from 'vitest';
import { highlight, pretty } from './json-highlight';

it('loses no character of any text', () => {
  for (const text of ['{"a": [1, true, "x\\"y"]}', '<b>no json</b>', '"open', '']) {
    expect(
      highlight(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  }
});

it('tells names from texts', () => {
  expect(highlight('{"a":"b"}').filter((part) => part.tone !== 'plain')).toEqual([
    { text: '"a"', tone: 'key' },
    { text: '"b"', tone: 'text' },
  ]);
});

it('indents JSON and leaves alone what it would change', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('{"id":12345678901234567890}')).toBeUndefined();
  expect(pretty('hello')).toBeUndefined();
});

import { expect, it } from 'vitest';
import type { RecipeInput } from '@/lib/types';
import { begin, hint, toSend } from './inputs';

const input = (type: RecipeInput['type'], given: unknown = null): RecipeInput => ({
  name: type,
  label: type,
  type,
  help: '',
  required: false,
  default: given,
  example: given,
  choices: [],
  kinds: [],
});

it('a form begins with the defaults as people would type them', () => {
  const inputs = [
    input('number', 5),
    input('boolean', true),
    input('campaigns', ['a', 'b']),
    input('json', { a: 1 }),
    input('text'),
  ];
  expect(begin(inputs)).toEqual({
    number: '5',
    boolean: true,
    campaigns: 'a, b',
    json: '{\n  "a": 1\n}',
    text: '',
  });
});

it('what is typed is sent with the type of its input', () => {
  const inputs = (['number', 'boolean', 'agents', 'json', 'template', 'choice'] as const).map((type) =>
    input(type),
  );
  const typed = {
    number: ' 2.5 ',
    boolean: false,
    agents: 'Sarah, , Tom',
    json: '[1]',
    template: ' {{ a }}\n',
    choice: '',
  };
  expect(toSend(inputs, typed)).toEqual({
    number: 2.5,
    boolean: false,
    agents: ['Sarah', 'Tom'],
    json: [1],
    template: ' {{ a }}\n',
  });
  expect(toSend([input('number'), input('json')], { number: 'five', json: '{' })).toEqual({
    number: 'five',
    json: '{',
  });
});

it('the hint of a field is one line of its example', () => {
  expect(hint(input('template', 'Hello,\nyou'))).toBe('Hello,');
  expect(hint(input('text'))).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import { groupActions } from '@/features/flow-editor/model/action-groups';
import type { ActionField } from '@/lib/types';
import { addressesOf, inputOf, numberOf } from './action-input';

const field = (type: string, more: Partial<ActionField> = {}): ActionField => ({
  name: 'x',
  label: 'X',
  help: '',
  // The server may be newer than these screens.
  type: type as ActionField['type'],
  required: false,
  secrets: false,
  placeholders: true,
  choices: [],
  example: '',
  ...more,
});

describe('the input of a field', () => {
  it('is that of its kind', () => {
    for (const kind of ['pairs', 'json', 'auth', 'url', 'number', 'addresses', 'files', 'long_text'] as const)
      expect(inputOf(field(kind), undefined)).toBe(kind);
    expect(inputOf(field('choice', { choices: [{ value: 'a', label: 'A' }] }), 'a')).toBe('choice');
  });
  it('of a kind that is not known here is what its example looks like', () => {
    expect(inputOf(field('schema', { example: { type: 'object' } }), undefined)).toBe('json');
    expect(inputOf(field('columns', { example: ['a'] }), undefined)).toBe('json');
    expect(inputOf(field('switch', { example: true }), undefined)).toBe('truth');
    expect(inputOf(field('switch', { example: true }), '{{ x }}')).toBe('text');
    expect(inputOf(field('minutes', { example: 30 }), undefined)).toBe('number');
    expect(inputOf(field('query', { example: 'SELECT 1\nFROM x' }), undefined)).toBe('long_text');
    expect(inputOf(field('when', { example: 'next Tuesday' }), undefined)).toBe('text');
  });
  it('never makes text of what is none', () => {
    expect(inputOf(field('text'), { a: 1 })).toBe('json');
    expect(inputOf(field('long_text'), ['a'])).toBe('json');
    expect(inputOf(field('files'), 'x')).toBe('text');
    expect(inputOf(field('addresses'), [{ email: 'a@b.example' }])).toBe('json');
    expect(inputOf(field('addresses'), ['a@b.example', 'c@d.example'])).toBe('addresses');
    expect(addressesOf(['a@b.example', 'c@d.example'])).toBe('a@b.example, c@d.example');
  });
  it('takes no placeholders where none may stand, as in code', () => {
    expect(inputOf(field('long_text', { placeholders: false }), undefined)).toBe('plain_long');
    expect(inputOf(field('text', { placeholders: false }), undefined)).toBe('plain');
  });
  it('keeps a number as one, and lets it be typed', () => {
    expect([numberOf('30'), numberOf('1.0'), numberOf('{{ x }}'), numberOf('')]).toEqual([
      30,
      '1.0',
      '{{ x }}',
      '',
    ]);
  });
});

describe('the menu of actions', () => {
  it('has the known themes first, and apps under their own names', () => {
    const actions = ['slack.post', 'sms.send', 'http.request', 'email.send', 'hub_spot.find', 'llm.ask'];
    const groups = groupActions(actions.map((name) => ({ name, label: name })));
    expect(groups.map(({ label, actions }) => [label, ...actions.map(({ name }) => name)])).toEqual([
      ['Web requests', 'http.request'],
      ['Messages', 'sms.send', 'email.send'],
      ['Language models', 'llm.ask'],
      ['Hub spot', 'hub_spot.find'],
      ['Slack', 'slack.post'],
    ]);
  });
});

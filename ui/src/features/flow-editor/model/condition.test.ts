import { describe, expect, it } from 'vitest';
import { asGroup, fromServer, type Tree, write } from './condition';
import { quote, shown, written } from './literal';

describe('conditions', () => {
  const a: Tree = { left: 'outcome.interested', operator: '==', right: 'true' };
  const b: Tree = { left: 'duration', operator: '>', right: '60' };
  it('are written with the brackets that they need and no other', () => {
    expect(write({ all: [a, b] })).toBe('outcome.interested == true and duration > 60');
    expect(write({ all: [{ any: [a, b] }, a] })).toBe(
      '(outcome.interested == true or duration > 60) and outcome.interested == true',
    );
    expect(write({ not: { any: [a, b] } })).toBe('not (outcome.interested == true or duration > 60)');
    expect(write({ all: [{ any: [a] }, { left: 'x', operator: 'exists' }] })).toBe(
      'outcome.interested == true and x exists',
    );
    expect(write({ all: [a, { text: 'x | length > 2 or y' }] })).toBe(
      'outcome.interested == true and (x | length > 2 or y)',
    );
  });
  it('leave out rows that are not filled in', () => {
    expect(write({ all: [a, { left: ' ', operator: '==' }, { any: [] }] })).toBe(
      'outcome.interested == true',
    );
    expect(write({ any: [] })).toBe('');
  });
  it('are read from the server whether it leaves out what it does not use or says null', () => {
    const tree = {
      all: null,
      any: [{ not: { left: 'x', operator: 'in', right: "['a']" } }, { text: 'y | length' }],
      text: null,
    };
    expect(fromServer(tree)).toEqual({
      any: [{ left: 'x', operator: 'not in', right: "['a']" }, { text: 'y | length' }],
    });
    expect(write(fromServer(tree))).toBe("x not in ['a'] or (y | length)");
  });
  it('compare with nothing as with an empty text', () => {
    expect(write({ left: 'x', operator: '==' })).toBe("x == ''");
    expect(asGroup(a)).toEqual({ all: [a] });
  });
});

describe('what is typed as a value', () => {
  it('is a number, a word, a list, an expression, or else a text', () => {
    for (const [typed, expression] of [
      ['60', '60'],
      ['true', 'true'],
      ['high', "'high'"],
      ['007', "'007'"],
      ['+49', "'+49'"],
      ['{{ contact.id }}', 'contact.id'],
      ["['a', 'b']", "['a', 'b']"],
      ["it's", "'it\\'s'"],
      ['a\\d', "'a\\d'"],
    ] as const) {
      expect(written(typed)).toBe(expression);
      expect(written(shown(expression))).toBe(expression);
    }
  });
  it('keeps a text that looks like a number in quotes', () => {
    expect(shown("'true'")).toBe("'true'");
    expect(written(shown("'60'"))).toBe("'60'");
    expect(shown(quote('two words'))).toBe('two words');
    expect(shown('a + 1')).toBe('{{ a + 1 }}');
  });
});

import { expect, it } from 'vitest';
import { readToken } from './token';

it('finds the token in a link, in a printed line and bare', () => {
  expect(readToken('http://localhost:8080/sign-in?token=abc%2DDEF123')).toBe('abc-DEF123');
  expect(readToken('  sign in: http://h/sign-in?token=abcdefgh  ')).toBe('abcdefgh');
  expect(readToken('abcdefgh12345678')).toBe('abcdefgh12345678');
  expect(readToken('hello world')).toBeUndefined();
  expect(readToken('')).toBeUndefined();
});

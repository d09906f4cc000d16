// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { forgetWork, keepWorkOf, keptWork, recall, remember } from './storage';

const test = `${keptWork}test.flow`;

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  keepWorkOf('ada');
  remember('theme', 'dark');
  remember(test, '{}');
  remember('draft', '{}', 'tab');
});

it('what is kept of somebody stays when the same one is seen again', () => {
  keepWorkOf('ada');
  expect([recall(test), recall('draft', 'tab')]).toEqual(['{}', '{}']);
});

it('what is kept of somebody is forgotten when another signs in', () => {
  keepWorkOf('bob');
  expect([recall(test), recall('draft', 'tab'), recall('theme')]).toEqual([null, null, 'dark']);
  remember(test, '{}');
  keepWorkOf('bob');
  expect(recall(test)).toBe('{}');
});

it('the end of a session forgets what calls were tried with, not what this tab has begun', () => {
  forgetWork(['browser']);
  expect([recall(test), recall('draft', 'tab')]).toEqual([null, '{}']);
});

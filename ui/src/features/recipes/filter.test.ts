import { expect, it } from 'vitest';
import { isFiltered, readRecipeFilter, toQuery } from './filter';

it('reads what is a filter and drops the rest', () => {
  const filter = readRecipeFilter({ q: 5, category: 'crm', source: 'mine', link: 'share_1', page: 2 });
  expect(filter).toEqual({ q: '5', category: 'crm', link: 'share_1' });
  expect(toQuery(filter)).toEqual({ q: '5', category: 'crm' });
});

it('a link hides no recipe', () => {
  expect(isFiltered({ link: 'share_1' })).toBe(false);
  expect(isFiltered({ source: 'own' })).toBe(true);
});

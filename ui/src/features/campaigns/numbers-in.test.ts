import { expect, it } from 'vitest';
import { numbersIn } from './numbers-in';

it('finds numbers in any column, each once, and leaves everything else', () => {
  const table = 'name;phone\r\nAda;"+1 (415) 555-0199"\r\nBen;="+14155550100";5550100\r\nAda,+14155550199';
  expect(numbersIn(table)).toEqual(['+14155550199', '+14155550100']);
});

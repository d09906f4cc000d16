import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beginOf, namesIn, type Schema, valuesAt } from './json-schema';

const file = join(import.meta.dirname, '../../../crates/kernel/schema/flow.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
const names = (value: Parameters<typeof namesIn>[1], ...path: string[]) =>
  namesIn(schema, value, path).map(([name]) => name);

describe('the schema of a flow', () => {
  it('names what a flow may have, and not what it has', () => {
    expect(names({ name: 'f', on: [] })).toContain('steps');
    expect(names({ name: 'f', on: [] })).not.toContain('on');
  });
  it('a step may be of any kind until it is of one', () => {
    expect(names({ steps: [{}] }, 'steps', '0')).toEqual(expect.arrayContaining(['do', 'switch', 'wait']));
    const own = names({ steps: [{ do: 'x' }] }, 'steps', '0');
    expect(own).toContain('with');
    expect(own).not.toContain('switch');
  });
  it('steps inside steps are steps', () => {
    const value = { steps: [{ try: [{ wait: { for: '' } }] }] };
    expect(names(value, 'steps', '0', 'try', '0', 'wait')).toContain('until');
  });
  it('words that may stand somewhere are known', () => {
    const value = { steps: [{ do: 'x', on_error: '' }] };
    expect(valuesAt(schema, value, ['steps', '0', 'on_error'])).toEqual(['stop', 'continue']);
    expect(valuesAt(schema, {}, ['enabled'])).toEqual(expect.arrayContaining([true, false]));
  });
  it('a value begins as what it is', () => {
    const begins = namesIn(schema, {}, []).map(([name, each]) => [name, beginOf(each)]);
    expect(Object.fromEntries(begins)).toMatchObject({ name: '""', steps: '[]', where: '{}', enabled: '' });
  });
});

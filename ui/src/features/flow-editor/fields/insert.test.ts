import { describe, expect, it } from 'vitest';
import { insertFilter, insertPlaceholder, typedAt, withoutBraces } from './insert';

const at = (text: string, bare = false) => {
  const cursor = text.indexOf('^');
  return typedAt(text.replace('^', ''), cursor, bare);
};

describe('what is being typed', () => {
  it('the beginning of a path is a word only where an expression stands', () => {
    expect(at('Hi {{ contact.fi^ }}')).toEqual({ from: 6, word: 'contact.fi', filter: false });
    expect(at('Hi contact^')).toMatchObject({ word: '' });
    expect(at('{{ a }} b^')).toMatchObject({ word: '' });
    expect(at('duration > 60 and outc^', true)).toMatchObject({ from: 18, word: 'outc' });
    expect(at('duration > 60^', true)).toMatchObject({ word: '' });
  });

  it('behind a stroke a filter is wanted', () => {
    expect(at('{{ duration | rou^ }}')).toEqual({ from: 14, word: 'rou', filter: true });
    expect(at('{{ duration |^')).toMatchObject({ filter: true });
    expect(at('a | b^')).toMatchObject({ filter: false });
  });
});

describe('what is put in', () => {
  it('takes the place of what was typed of it', () => {
    const text = 'Hi {{ con }}';
    expect(insertPlaceholder(text, 6, 9, 'contact.name').text).toBe('Hi {{ contact.name }}');
    expect(insertPlaceholder('{{ a == con', 8, 11, 'contact.name').text).toBe('{{ a == contact.name');
    expect(insertFilter('{{ a |up }}', 6, 8, 'upper', false).text).toBe('{{ a | upper }}');
  });

  it('an argument that a filter needs has the cursor', () => {
    const { text, cursor } = insertFilter('{{ a | ', 7, 7, 'date', true);
    expect([text, cursor]).toEqual(["{{ a | date('')", 13]);
  });

  it('a path that was dragged loses its braces where a whole expression stands', () => {
    expect(withoutBraces('{{ lead_id }} == 1')).toBe('lead_id == 1');
  });
});

import { describe, expect, it } from 'vitest';
import { diffLines, hunksOf } from './line-diff';

const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ sign, text }) => `${sign}${text}`);

describe('two texts', () => {
  it('lines that stay are found, whatever goes or comes around them', () => {
    expect(shown('a\nb\nc', 'a\nx\nc\nd')).toEqual([' a', '-b', '+x', ' c', '+d']);
    expect(shown('a', 'a')).toEqual([' a']);
    expect(shown('', 'a')).toEqual(['-', '+a']);
  });

  it('each line has its number on its side', () => {
    const [, gone, came, last] = diffLines('a\nb\nc', 'a\nx\nc');
    expect([gone?.old, gone?.new, came?.old, came?.new]).toEqual([2, undefined, undefined, 2]);
    expect([last?.old, last?.new]).toEqual([3, 3]);
  });

  it('equal lines far from a change are only counted', () => {
    const many = Array.from({ length: 20 }, (_, i) => String(i));
    const hunks = hunksOf(diffLines(many.join('\n'), many.with(10, 'x').join('\n')));
    expect(hunks.map((hunk) => ('skipped' in hunk ? hunk.skipped : hunk.lines.length))).toEqual([7, 8, 6]);
  });

  it('texts too large to be compared line by line are told as replaced', () => {
    const long = (word: string) => Array.from({ length: 2_100 }, (_, i) => `${word}${i}`).join('\n');
    expect(diffLines(long('a'), long('b'))).toHaveLength(4_200);
  });
});

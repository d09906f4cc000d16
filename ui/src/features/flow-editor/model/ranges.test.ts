import { describe, expect, it } from 'vitest';
import type { Doc } from './json';
import { asText, fromText, insertSteps, removeSteps, stepsOf, wrapSteps } from './ranges';
import type { Step } from './steps';

const doc: Doc & { steps: Step[] } = {
  name: 'f',
  steps: [
    { id: 'a', do: 'http.request', with: { url: '' } },
    { id: 'b', set: { x: '{{ steps.a.body.id }}' } },
    { id: 'c', stop: 'succeeded' },
  ],
};
const two = { list: '/steps', from: 0, count: 2 };
const ids = (steps: unknown) => (steps as { id: string }[]).map(({ id }) => id);

describe('several steps', () => {
  it('are taken away at once', () => {
    const { doc: left, at } = removeSteps(doc, two);
    expect([ids(left.steps), at]).toEqual([['c'], '/steps/0']);
  });

  it('go into the first branch of a step that stands in their place', () => {
    const { doc: next, at } = wrapSteps(doc, two, 'try');
    expect(at).toBe('/steps/0');
    const [outer, last] = next.steps as { id: string; try: unknown }[];
    expect([outer?.id, ids(outer?.try), last?.id]).toEqual(['try', ['a', 'b'], 'c']);
  });

  it('are copied with ids of their own, and know each other by these', () => {
    const { doc: next } = insertSteps(doc, '/steps', 3, stepsOf(doc, two));
    const steps = next.steps as { id: string; set?: { x: string } }[];
    expect(ids(steps)).toEqual(['a', 'b', 'c', 'a_2', 'b_2']);
    expect(steps[4]?.set?.x).toBe('{{ steps.a_2.body.id }}');
  });

  it('travel as a text; a step’s own JSON, and a flow’s, are such texts', () => {
    const steps = doc.steps.slice(0, 2);
    for (const text of [asText(steps), JSON.stringify(steps), JSON.stringify({ name: 'g', steps })])
      expect(fromText(text)).toEqual({ steps });
    expect(fromText(JSON.stringify(steps[1]))).toEqual({ steps: [steps[1]] });
  });

  it.each([
    ['', /no JSON: line 1, column 1/],
    ['{"steps": [}', /no JSON: line 1, column 12/],
    ['{}', /no steps/],
    ['"text"', /no steps/],
    ['[{"set": {}}, 1]', /Item 2 is no step/],
    [JSON.stringify(Array(201).fill({ set: {} })), /201 steps: at most 200/],
    ['"'.repeat(1_000_001), /longer than 1 MB/],
  ])('another text is refused, and why: %.30s', (text, why) => {
    expect(fromText(text)).toEqual({ why: expect.stringMatching(why) });
  });
});

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

  it('travel as a text, and another text is none', () => {
    expect(fromText(asText(stepsOf(doc, two)))).toEqual(doc.steps.slice(0, 2));
    for (const text of ['', '{}', '[1]', '{"switchhook":"steps","steps":[{"id":"x"}]}']) {
      expect(fromText(text)).toBeUndefined();
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Doc, Json } from '@/features/flow-editor/model/json';
import { idOf, walk } from '@/features/flow-editor/model/steps';
import { layOut, type Placed } from './layout';
import { type Direction, isStop, neighbour } from './neighbours';
import { afterPlace, failure, keyAt, placesOf, shapeOf, signature, spanOf, when } from './shape';

let made = 0;
const leaf = (): Json => {
  made += 1;
  return { id: `s${made}`, set: {} };
};
/** Every kind of step that holds steps, one in the other. */
function nest(depth: number): Json[] {
  if (depth === 0) return [leaf(), leaf()];
  const inner = () => nest(depth - 1);
  made += 1;
  const id = `b${made}`;
  const blocks: Json[] = [
    // biome-ignore lint/suspicious/noThenProperty: it is what the language calls it
    { id, if: 'x', then: inner(), else: [] },
    {
      id: `${id}s`,
      switch: [
        { if: 'a', steps: inner() },
        { if: 'b', steps: [] },
      ],
      else: inner(),
    },
    { id: `${id}e`, for_each: '{{ x }}', steps: inner() },
    { id: `${id}p`, parallel: [inner(), [leaf()], []] },
    { id: `${id}t`, try: inner(), catch: [leaf()] },
  ];
  return [leaf(), ...blocks, leaf()];
}
const doc: Doc = { name: 'f', steps: nest(2), on_failure: [leaf(), ...nest(1)] };
const idsOf = (of: Doc) => {
  const ids: string[] = [];
  walk(of, (step) => ids.push(idOf(step)));
  return ids;
};
const solid = (nodes: Placed[]) => nodes.filter(({ what }) => what !== 'frame');
const overlap = (a: Placed, b: Placed) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const lay = (of: Doc, collapsed: string[] = []) => layOut(shapeOf(of), new Set(collapsed));

const examples = join(import.meta.dirname, '../../../../../docs/examples');
const flows: [string, Doc][] = [
  ['every kind of step in every other', doc],
  ['nothing yet', { name: '', steps: [] }],
  ...readdirSync(examples)
    .filter((name) => name.endsWith('.json'))
    .map((name): [string, Doc] => [name, JSON.parse(readFileSync(join(examples, name), 'utf8')) as Doc]),
];

describe.each(flows)('the canvas of %s', (_, flow) => {
  const { nodes, lines, ...box } = lay(flow);
  it('shows every step once, under its id', () => {
    const shown = nodes.filter(({ what }) => what === 'step').map(({ key }) => key);
    expect(shown.sort()).toEqual(idsOf(flow).sort());
    expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length);
  });
  it('lets nothing overlap, and frames hold or leave out what they meet', () => {
    const all = solid(nodes);
    const meets = all.flatMap((a, i) => all.slice(i + 1).filter((b) => overlap(a, b)));
    expect(meets).toEqual([]);
    const inside = (a: Placed, b: Placed) =>
      a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
    const crosses = nodes
      .filter(({ what }) => what === 'frame')
      .flatMap((frame) =>
        nodes.filter((node) => overlap(frame, node) && !inside(node, frame) && !inside(frame, node)),
      );
    expect(crosses).toEqual([]);
    for (const node of nodes) {
      const whole = { ...node, x: box.left, y: box.top, width: box.width, height: box.height };
      expect(inside(node, whole)).toBe(true);
    }
  });
  it('joins every place to the next, downwards, and offers every place where a step can be put', () => {
    const byKey = new Map(nodes.map((node) => [node.key, node]));
    for (const { from, to } of lines) {
      const [a, b] = [byKey.get(from), byKey.get(to)];
      expect(a && b && a.y + a.height < b.y).toBe(true);
    }
    const places = lines.filter(({ list }) => list).map(({ list, index }) => `${list}/${index}`);
    expect(new Set(places).size).toBe(places.length);
    const heads = [...placesOf(shapeOf(flow)).values()].filter(({ what }) => what === 'head').length;
    expect(places.length).toBe(idsOf(flow).length + heads);
  });
  it('is the same every time', () => {
    expect(lay(structuredClone(flow))).toEqual({ nodes, lines, ...box });
  });
  it('is walked through by the arrow down, every place once', () => {
    const walked: string[] = [];
    for (let key: string | undefined = when; key; key = neighbour(nodes, key, 'down')) walked.push(key);
    expect(walked).toEqual(nodes.filter(isStop).map(({ key }) => key));
    for (const key of walked.slice(1))
      expect(neighbour(nodes, neighbour(nodes, key, 'up') as string, 'down')).toBe(key);
  });
});

describe('the canvas', () => {
  const small: Doc = {
    steps: [
      { id: 'a', set: {} },
      // biome-ignore lint/suspicious/noThenProperty: it is what the language calls it
      { id: 'b', if: 'x', then: [{ id: 'c', set: {} }], else: [{ id: 'd', set: {} }] },
    ],
  };
  it('moves nothing while somebody types', () => {
    const typed = structuredClone(small);
    (typed.steps as Json[])[0] = { id: 'a', set: { longer: 'text' } };
    expect(signature(shapeOf(typed), new Set())).toBe(signature(shapeOf(small), new Set()));
    expect(signature(shapeOf(small), new Set(['b']))).not.toBe(signature(shapeOf(small), new Set()));
  });
  it('hides what is in a collapsed step and says how much', () => {
    const { nodes } = lay(small, ['b']);
    expect(nodes.find(({ key }) => key === 'b')?.hidden).toBe(2);
    expect(nodes.some(({ key }) => key === 'c' || key === 'b/then')).toBe(false);
  });
  it('keeps the first lane where it is, whatever is beside it', () => {
    const wide = { ...small, on_failure: [{ id: 'z', set: {} }] };
    const at = (of: Doc) => lay(of).nodes.find(({ key }) => key === 'a');
    expect(at(wide)).toEqual(at(small));
  });
  it('goes to the branch beside by arrows', () => {
    const { nodes } = lay(small);
    const go = (key: string, to: Direction) => neighbour(nodes, key, to);
    expect(go('c', 'right')).toBe('d');
    expect(go('d', 'left')).toBe('c');
    expect(go('b/then', 'right')).toBe('b/else');
    expect(go('c', 'left')).toBeUndefined();
    expect(go(when, 'right')).toBe(failure);
    expect(go('c', 'last')).toBe(failure);
  });
  it('knows every place by its key and back', () => {
    const places = placesOf(shapeOf(small));
    expect(keyAt(places, '/steps/1/then/0/set/x')).toBe('c');
    expect(keyAt(places, '/steps/1/else')).toBe('b/else');
    expect(keyAt(places, '/steps/1/if')).toBe('b');
    expect(keyAt(places, '/name')).toBe(when);
    expect(keyAt(places, '/on_failure')).toBe(failure);
    expect(places.get('d')?.inside).toEqual(['b']);
    const behind = (key: string) => afterPlace(places.get(key) as never);
    expect(behind('c')).toEqual({ list: '/steps/1/then', index: 1 });
    expect(behind('b/else')).toEqual({ list: '/steps/1/else', index: 0 });
  });
  it('takes steps of different lists as those of the list that holds all of them', () => {
    const places = placesOf(shapeOf({ ...small, on_failure: [{ id: 'z', set: {} }] }));
    expect(spanOf(places, ['c'])).toEqual(['c', 'c']);
    expect(spanOf(places, ['b', 'a'])).toEqual(['a', 'b']);
    expect(spanOf(places, ['c', 'd'])).toEqual(['b', 'b']);
    expect(spanOf(places, ['d', 'a'])).toEqual(['a', 'b']);
    expect(spanOf(places, ['a', 'z'])).toBeUndefined();
    expect(spanOf(places, [])).toBeUndefined();
  });
  it('tells steps apart that have one id, or none', () => {
    const keys = [
      ...placesOf(
        shapeOf({
          steps: [{ id: 'a', set: {} }, { id: 'a', set: {} }, { set: {} }],
        }),
      ).keys(),
    ];
    expect(keys).toEqual([when, 'a', 'a#1', '#/steps/2', failure]);
  });
});

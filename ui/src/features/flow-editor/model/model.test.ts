// biome-ignore-all lint/suspicious/noTemplateCurlyInString: flows have placeholders of that form
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canNudge, duplicateStep, insertStep, moveStep, nudgeStep, removeStep } from './edit';
import { begin, record, redo, undo } from './history';
import { freshId, renameStep } from './ids';
import { below, type Doc, get, segments, set } from './json';
import { namesAt } from './scope';
import { idOf, walk } from './steps';
import { summaryOf } from './summary';

const step = (id: string) => ({ id, set: { [`${id}_x`]: 1 } });
const doc: Doc = {
  name: 'f',
  on: ['call.ended'],
  'x-own': { kept: true },
  steps: [
    step('a'),
    {
      id: 'b',
      if: "steps.a.status == 200 and 'steps.a' != x",
      // biome-ignore lint/suspicious/noThenProperty: it is what the language calls it
      then: [step('c'), step('d')],
      else: [step('e')],
    },
    {
      id: 'f',
      do: 'http.request',
      with: { url: "https://x/{{ steps.a.body.id }}/${steps['a'].status}/steps.a" },
    },
  ],
};
const order = (of: Doc) => {
  const ids: string[] = [];
  walk(of, (each) => ids.push(idOf(each)));
  return ids.join('');
};

describe('pointers', () => {
  it('survive every name', () => {
    expect(segments(below('', 'a/b', 'c~d', 0))).toEqual(['a/b', 'c~d', '0']);
  });
  it('set shares what does not change, and takes away what is undefined', () => {
    const next = set(doc, '/steps/0/set/a_x', 2) as Doc;
    expect(get(next, '/steps/0/set/a_x')).toBe(2);
    expect(get(next, '/steps/1')).toBe(get(doc, '/steps/1'));
    expect(set({ a: { b: 1 } }, '/a/b', undefined)).toEqual({ a: {} });
    expect(set({}, '/where/if', 'x')).toEqual({ where: { if: 'x' } });
  });
  it('never reach what an object inherits', () => {
    expect(get(doc, '/constructor/name')).toBeUndefined();
    expect(get(doc, '/__proto__')).toBeUndefined();
  });
});

describe('order', () => {
  it('steps are inserted, removed and moved, and unknown members stay', () => {
    const { doc: more, at } = insertStep(doc, '/steps/1/then', 1, step('n'));
    expect([order(more), at]).toEqual(['abcndef', '/steps/1/then/1']);
    expect(order(removeStep(more, at))).toBe('abcdef');
    expect(more['x-own']).toEqual({ kept: true });
  });
  it('an optional branch goes with its last step', () => {
    expect(get(removeStep(doc, '/steps/1/else/0'), '/steps/1/else')).toBeUndefined();
    expect(get(removeStep(removeStep(doc, '/steps/1/then/0'), '/steps/1/then/0'), '/steps/1/then')).toEqual(
      [],
    );
  });
  it('a move names where the step stands afterwards', () => {
    const into = moveStep(doc, '/steps/0', '/steps/1/then', 2);
    expect([order(into.doc), into.at]).toEqual(['bcdaef', '/steps/0/then/2']);
    const out = moveStep(doc, '/steps/1/then/0', '/steps', 0);
    expect([order(out.doc), out.at]).toEqual(['cabdef', '/steps/0']);
    for (const moved of [into, out]) expect(get(moved.doc, moved.at)).toBeDefined();
  });
  it('a step never moves into itself', () => {
    expect(moveStep(doc, '/steps/1', '/steps/1/then', 0).doc).toBe(doc);
  });
  it('up and down go through a list and out of a branch', () => {
    expect(order(nudgeStep(doc, '/steps/0', 1).doc)).toBe('bcdeaf');
    expect(order(nudgeStep(doc, '/steps/1/then/1', -1).doc)).toBe('abdcef');
    expect(nudgeStep(doc, '/steps/1/then/1', 1)).toMatchObject({ at: '/steps/2' });
    expect(nudgeStep(doc, '/steps/1/then/0', -1)).toMatchObject({ at: '/steps/1' });
    expect(nudgeStep(doc, '/steps/0', -1).doc).toBe(doc);
    expect([
      canNudge('/steps/0', -1, 3),
      canNudge('/steps/2', 1, 3),
      canNudge('/steps/1/then/0', -1, 2),
    ]).toEqual([false, false, true]);
  });
});

describe('ids', () => {
  it('are fresh', () => {
    expect(freshId(new Set(['a', 'a_2']), 'a')).toBe('a_3');
    expect(freshId(new Set(['a_2']), 'a_2')).toBe('a');
    expect(freshId(new Set(), 'Böse Idee')).toBe('B_se_Idee');
  });
  it('a rename changes references and nothing that looks like one', () => {
    const next = renameStep(doc, '/steps/0', 'a', 'first-one');
    expect(get(next, '/steps/1/if')).toBe("steps['first-one'].status == 200 and 'steps.a' != x");
    expect(get(next, '/steps/2/with/url')).toBe(
      "https://x/{{ steps['first-one'].body.id }}/${steps['first-one'].status}/steps.a",
    );
    expect(get(next, '/steps/0/id')).toBe('first-one');
    expect(get(next, '/steps/0/set')).toEqual({ a_x: 1 });
  });
  it('a copy has ids of its own and refers to itself', () => {
    const loop: Doc = {
      steps: [
        { id: 'l', for_each: '{{ x }}', steps: [step('p'), { id: 'q', set: { y: '{{ steps.p.z }}' } }] },
      ],
    };
    const copy = duplicateStep(loop, '/steps/0');
    expect(order(copy.doc)).toBe('lpql_2p_2q_2');
    expect(get(copy.doc, '/steps/1/steps/1/set/y')).toBe('{{ steps.p_2.z }}');
  });
});

describe('history', () => {
  it('undoes and redoes, and what is typed into one field at once is one change', () => {
    let history = begin('');
    for (const [at, text] of ['h', 'hi', 'hi!'].entries()) history = record(history, text, '/name', at * 100);
    history = record(history, 'hi! more', '/name', 9000);
    expect(undo(history).now).toBe('hi!');
    expect(undo(undo(history)).now).toBe('');
    expect(redo(undo(history)).now).toBe('hi! more');
    expect(record(undo(history), 'else', '', 0).future).toEqual([]);
    expect(undo(undo(undo(undo(history)))).now).toBe('');
  });
});

describe('names', () => {
  const flow: Doc = {
    steps: [
      { id: 'crm', do: 'http.request', save: { lead_id: '{{ body.id }}' } },
      {
        id: 'l',
        for_each: '{{ xs }}',
        as: 'x',
        collect: { ys: '{{ y }}' },
        steps: [step('in'), step('next')],
      },
      { id: 't', try: [step('risky')], catch: [step('caught')] },
      step('last'),
    ],
    on_failure: [step('warn')],
  };
  const paths = (at: string) => namesAt(flow, at).map(({ path }) => path);
  it('come from the steps before, and not from inside a loop behind it', () => {
    expect(paths('/steps/0/with/url')).toEqual([]);
    expect(paths('/steps/3/set')).toEqual(
      expect.arrayContaining(['lead_id', 'steps.crm.body', 'ys', 'risky_x']),
    );
    expect(paths('/steps/3/set')).not.toContain('in_x');
  });
  it('a loop knows its item, a fallback its error', () => {
    expect(paths('/steps/1/steps/1/set/a')).toEqual(
      expect.arrayContaining(['x', 'index', 'in_x', 'lead_id']),
    );
    expect(paths('/steps/2/catch/0/set/a')).toContain('error.message');
    expect(paths('/on_failure/0/set/a')).toEqual(expect.arrayContaining(['error.step', 'lead_id']));
  });
});

describe('the examples of the documentation', () => {
  const folder = join(import.meta.dirname, '../../../../../docs/examples');
  it('have a line about each of their steps', () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      walk(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Doc, (each, at) => {
        expect(summaryOf(each), `${file} ${at}`).not.toBe('');
      });
    }
  });
});

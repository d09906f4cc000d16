import { describe, expect, it } from 'vitest';
import type { FlowReport } from '@/lib/types';
import { caseOf, expectOf, withCase, withoutCase } from './cases';

const report = (rest: Partial<FlowReport>): FlowReport => ({
  matched: true,
  status: 'succeeded',
  steps: [],
  saved: {},
  ...rest,
});

describe('a case', () => {
  it('holds the answers of the steps that were taken, and no others', () => {
    const answers = { a: { status: 200 }, b: { status: 201 } };
    const made = caseOf('x', { answers }, { kind: 'call.ended' }, ['a']);
    expect(made).toMatchObject({ name: 'x', sample: 'call.ended', answers: { a: { status: 200 } } });
    expect(made.answers).not.toHaveProperty('b');
  });

  it('an event of one’s own stands in it', () => {
    const event = { kind: 'call.ended', call: { provider_call_id: 'c' } };
    expect(caseOf('x', {}, { kind: 'call.ended', event }, [])).toMatchObject({ event });
  });

  it('expects what was sent, with its body where that is JSON, and what was kept', () => {
    const request = { method: 'POST', url: 'https://a.example', headers: [], body: '{"n":1}' };
    const step = { step: 'a', flow: 'F', request } as unknown as FlowReport['steps'][number];
    const foreign = { ...step, flow: 'G' };
    expect(expectOf(report({ steps: [step, foreign], saved: { id: 7 } }), 'F')).toEqual({
      status: 'succeeded',
      actions: [{ step: 'a', request: { method: 'POST', url: 'https://a.example', json: { n: 1 } } }],
      saved: { id: 7 },
    });
  });

  it('of an event that does not start the flow nothing else is expected', () => {
    expect(expectOf(report({ matched: false, status: 'not_started' }), 'F')).toEqual({ matches: false });
  });

  it('the last one that is taken away leaves no empty list', () => {
    const doc = withCase({ name: 'F' }, { name: 'x' });
    expect(doc.cases).toEqual([{ name: 'x' }]);
    expect(withoutCase(doc, 0)).toEqual({ name: 'F' });
  });
});

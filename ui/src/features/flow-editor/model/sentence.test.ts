import { describe, expect, it } from 'vitest';
import type { Tree } from './condition';
import { deedOf, nameFor, sentenceOf } from './sentence';

const interested: Tree = {
  all: [
    { left: 'outcome.interested', operator: '==', right: 'true' },
    {
      any: [
        { left: 'duration', operator: '>', right: '60' },
        { left: 'tags', operator: 'is_empty' },
      ],
    },
  ],
};

describe('when a flow starts, in words', () => {
  it('says the moment and every filter in the order in which people say them', () => {
    expect(sentenceOf({ on: ['call.ended'], steps: [] })).toBe('After each call');
    const where = { agents: ['Sarah'], connected: true, dispositions: ['Interested'] };
    expect(sentenceOf({ on: ['call.ended'], where })).toBe(
      'After each call of Sarah that was answered and ended as Interested',
    );
    const more = {
      agents: ['Sarah', 'Tom'],
      campaigns: ['Q1'],
      numbers: ['+1415*', '+49891234'],
      connected: false,
      min_duration_s: 120,
      max_duration_s: 121,
    };
    expect(sentenceOf({ on: ['call.ended', 'call.incoming'], where: more })).toBe(
      'After each call or at the start of each incoming call of Sarah or Tom in the campaign Q1 with the number +49891234 or with a number that starts with +1415 that was not answered, lasted at least 2 minutes and lasted at most 121 seconds',
    );
  });
  it('says a condition as the builder does, and as written until it was read', () => {
    const doc = { on: ['call.ended'], where: { if: 'outcome.interested == true' } };
    expect(sentenceOf(doc)).toBe('After each call, if outcome.interested == true');
    expect(sentenceOf(doc, [], interested)).toBe(
      'After each call, if outcome.interested is true and (duration is more than 60 or tags is empty)',
    );
  });
  it('names a moment that it does not know by its title, and says that none is chosen', () => {
    expect(sentenceOf({ on: ['call.parked'] })).toBe('At “call.parked” of a call');
    expect(sentenceOf({ on: ['flow.failing'], where: { flows: ['Leads'], every_s: 3600 } })).toBe(
      'When another flow keeps failing (Leads), at most once in 1 hour',
    );
    expect(sentenceOf({ on: [] })).toBe('Never: no moment is chosen');
  });
  it('says whom a step reaches, unless only the call tells', () => {
    const reach = (inputs: Record<string, string>) => deedOf({ do: 'x', with: inputs }, 'Tell');
    expect(reach({ url: 'https://crm.example:8443/a?b' })).toBe('Tell to crm.example:8443');
    expect(reach({ url: 'https://{{ host }}.example/a' })).toBe('Tell');
    expect(reach({ url: 'https://crm.example{{ path }}' })).toBe('Tell');
    expect(reach({ to: 'sales@example.com' })).toBe('Tell to sales@example.com');
    expect(reach({ to: '{{ contact.email }}' })).toBe('Tell');
    expect(deedOf({ try: [{ id: 'b', set: {} }], catch: [] }, 'Try')).toBe('Try (1 step)');
  });
  it('gives a flow a name to begin with', () => {
    expect(nameFor('Send a webhook', 'After each call of Sarah, if a is b')).toBe(
      'Send a webhook after each call of Sarah',
    );
    expect(nameFor('Send a webhook', `After ${'x'.repeat(200)}`)).toHaveLength(80);
  });
});

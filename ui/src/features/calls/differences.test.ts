import { expect, test } from 'vitest';
import type { AnalysisVersion } from '@/lib/types';
import { differences } from './differences';

const version = (
  structured: Record<string, unknown>,
  disposition: string | null = null,
): AnalysisVersion => ({
  at: null,
  run_id: null,
  model: null,
  input_tokens: null,
  output_tokens: null,
  cost: null,
  disposition,
  analysis: { structured },
});

test('only what one of two analyses says otherwise is a difference', () => {
  const now = version({ seats: 40, plan: ['a'], note: null }, 'Interested');
  const before = version({ seats: 30, plan: ['a'], city: 'Bonn' });
  expect(differences(now, before)).toEqual([
    { name: 'Disposition', now: 'Interested', was: null },
    { name: 'seats', now: 40, was: 30 },
    { name: 'city', now: null, was: 'Bonn' },
  ]);
});

/** What the last test found of each step; cards show it beside their names. */
import { createContext, use } from 'react';
import type { Tone } from '@/components/status';
import type { TestedStep } from '@/lib/types';

type Test = {
  results: ReadonlyMap<string, TestedStep>;
  /** Tests one step alone, with what the last test saved before it; where its result is seen, no panel opens for it. */
  testStep: (id: string, seen?: boolean) => void;
  busy: boolean;
  /** Why the last test did not run. */
  error: unknown;
};

export const TestContext = createContext<Test>({
  results: new Map(),
  testStep: () => {},
  busy: false,
  error: null,
});

const words: Record<string, [Tone, string]> = {
  ok: ['ok', 'ok'],
  failed: ['bad', 'failed'],
  skipped: ['off', 'skipped'],
  would_send: ['live', 'would be sent'],
  would_wait: ['wait', 'would wait'],
  unknown: ['wait', 'result unknown'],
};

export const describe = (result: string): { tone: Tone; label: string } => {
  const [tone, label] = words[result] ?? ['off', result.replaceAll('_', ' ')];
  return { tone, label };
};

export function useStepResult(id: string) {
  const result = use(TestContext).results.get(id);
  return result && describe(result.result);
}

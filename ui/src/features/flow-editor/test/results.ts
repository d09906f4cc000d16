/** What the last test found of each step; cards show it beside their names. */
import { createContext, use } from 'react';
import { describe } from '@/components/tested';
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

export function useStepResult(id: string) {
  const result = use(TestContext).results.get(id);
  return result && describe(result.result);
}

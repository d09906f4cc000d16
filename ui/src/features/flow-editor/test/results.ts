/** What the last test found of each step; cards show it beside their names. */
import { createContext, use } from 'react';
import { describe } from '@/components/step-result';
import type { TestedStep } from '@/lib/types';
import type { Answer, Pins } from './kept-test';

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

/** Answers that dry tests take for those of other systems. */
type Pinned = { pins: Pins; pin: (id: string, answer: Answer | undefined) => void };
export const PinsContext = createContext<Pinned>({ pins: {}, pin: () => {} });
export const useIsPinned = (id: string) => id in use(PinsContext).pins;

/** The answer of a step's result, to be pinned. */
export const answerOf = ({ response }: TestedStep): Answer | undefined =>
  response?.status ? { status: response.status, body: response.body ?? '' } : undefined;

/** Only the beginning of the answer is known. */
export const isCut = ({ response }: TestedStep) => response?.truncated === true;

export function useStepResult(id: string) {
  const result = use(TestContext).results.get(id);
  return result && describe(result.result);
}

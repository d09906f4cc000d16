import { createContext, useContext } from 'react';
import type { FieldProblem } from '@/lib/problem';
import type { AgentSettings } from '@/lib/types';

export type Editing = {
  id: string;
  settings: AgentSettings;
  /** Replaces parts of the settings. */
  set: (change: Partial<AgentSettings>) => void;
  problems: FieldProblem[];
  /** Something is not saved yet. */
  changed: boolean;
};

export const Context = createContext<Editing | null>(null);

export function useAgent(): Editing {
  const editing = useContext(Context);
  if (!editing) throw new Error('the settings of an agent are edited on its page');
  return editing;
}

/** What is wrong at a place of the settings. */
export function useProblem(): (path: string) => string | undefined {
  const { problems } = useAgent();
  return (path) => problems.find((problem) => problem.path === path)?.message;
}

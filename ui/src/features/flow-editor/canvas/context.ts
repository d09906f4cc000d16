/** What the nodes of the canvas reach: being chosen, opened and collapsed, adding a step, and what was done with each. */
import { createContext, use } from 'react';
import type { NodeResult } from './results';

export type Acts = {
  select: (key: string) => void;
  open: (key: string) => void;
  toggle: (key: string) => void;
  /** Takes a step there from where it stands. */
  drop: (from: string, place: { list: string; index: number }) => void;
  /** Offers what can be put there, beside the element that asked; nothing where the canvas is only looked at. */
  add: ((place: { list: string; index: number }, beside: Element) => void) | undefined;
};

export const ActsContext = createContext<Acts>({
  select: () => {},
  open: () => {},
  toggle: () => {},
  drop: () => {},
  add: undefined,
});
export const useActs = () => use(ActsContext);

export const ResultsContext = createContext<ReadonlyMap<string, NodeResult>>(new Map());
export const useResult = (id: string) => use(ResultsContext).get(id);

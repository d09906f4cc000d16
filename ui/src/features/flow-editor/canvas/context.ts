/** What the nodes of the canvas reach: being chosen, opened and collapsed, adding a step, and what was done with each. */
import { createContext, use } from 'react';
import type { NodeResult } from './results';

export type Acts = {
  select: (key: string) => void;
  /** Chooses all steps from the chosen one to this; only the chosen one, if none is given. */
  extend: (key?: string) => void;
  /** Chooses all steps that these are, or are in. */
  span: (keys: string[]) => void;
  open: (key: string) => void;
  toggle: (key: string) => void;
  /** Takes a step there from where it stands. */
  drop: (from: string, place: { list: string; index: number }) => void;
  /** Offers what can be put there, beside the element that asked; nothing where the canvas is only looked at. */
  add: ((place: { list: string; index: number }, beside: Element) => void) | undefined;
  /** Whether the picture has the whole window; nothing where it cannot. */
  full?: { on: boolean; toggle: () => void };
};

export const ActsContext = createContext<Acts>({
  select: () => {},
  extend: () => {},
  span: () => {},
  open: () => {},
  toggle: () => {},
  drop: () => {},
  add: undefined,
});
export const useActs = () => use(ActsContext);

export const ResultsContext = createContext<ReadonlyMap<string, NodeResult>>(new Map());
export const useResult = (id: string) => use(ResultsContext).get(id);

/** The keys of the steps that are chosen together. */
export const RangeContext = createContext<ReadonlySet<string>>(new Set());
export const useIsInRange = (key: string) => use(RangeContext).has(key);

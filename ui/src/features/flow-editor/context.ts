/** What every part of the editor reaches: changing the document, what is wrong with it, which cards are open. */
import { createContext, type ReactNode, use } from 'react';
import type { FieldProblem } from '@/lib/problem';
import type { Source } from '@/lib/server/testing';
import type { Action, EventKind } from '@/lib/types';
import type { Moved } from './model/edit';
import type { Doc, Json, JsonObject } from './model/json';
import { sourceOf, usePart } from './source';

export type Edit = {
  /** Puts a value in its place, or takes it away; typing into one field is one change to undo. */
  set: (at: string, value: Json | undefined) => void;
  /** A change of the order of things; the focus follows to `at`, or to the first field inside. */
  move: (change: (doc: Doc) => Moved, inside?: boolean) => void;
  change: (change: (doc: Doc) => Doc) => void;
  /** The newest document, for what is asked when something is clicked. */
  read: () => Doc;
  goTo: (at: string, inside?: boolean) => void;
  toggle: (key: string) => void;
  /** What was open under one id is so under the other. */
  renamed: (old: string, id: string) => void;
};

const noEdit: Edit = {
  set: () => {},
  move: () => {},
  change: () => {},
  read: () => ({}),
  goTo: () => {},
  toggle: () => {},
  renamed: () => {},
};

export const EditContext = createContext<Edit>(noEdit);
export const useEdit = () => use(EditContext);

/** Keys of cards that are not as they begin: containers open, others closed. */
export const ToggledContext = createContext<ReadonlySet<string>>(new Set());

/** The document as it stands, for what follows all of it: whoever only asks sometimes takes `read`. */
export const DocContext = createContext<Doc>({});

export type Marks = { problems: FieldProblem[]; warnings: FieldProblem[] };
export const MarksContext = createContext(sourceOf<Marks>({ problems: [], warnings: [] }));

/** All that the server finds wrong, also what is not said yet since nobody has come to it: fields that are asked for are shown. */
export const FoundContext = createContext<FieldProblem[]>([]);

const isAt = (path: string, at: string, deep: boolean) => path === at || (deep && path.startsWith(`${at}/`));

const isSame = (one: FieldProblem[], other: FieldProblem[]) =>
  one.length === other.length &&
  one.every(({ path, message }, i) => path === other[i]?.path && message === other[i].message);

/** What is wrong at a place, or at it and everything below. */
export function useMarks(at: string, deep = false): Marks {
  const here = ({ path }: FieldProblem) => isAt(path, at, deep);
  return usePart(
    use(MarksContext),
    ({ problems, warnings }) => ({ problems: problems.filter(here), warnings: warnings.filter(here) }),
    (one, other) => isSame(one.problems, other.problems) && isSame(one.warnings, other.warnings),
  );
}

/** The actions and the kinds of events that there are; nothing while they are loading. */
export type Catalogue = { actions: Action[] | undefined; kinds: EventKind[] | undefined };
export const CatalogueContext = createContext<Catalogue>({ actions: undefined, kinds: undefined });
export const useAction = (name: string) =>
  use(CatalogueContext).actions?.find((action) => action.name === name);

/** What previews and tests are made with: a sample of a kind, a call that was, an event of one's own; and what earlier steps gave. */
export type SampleState = { sample: Source; saved: JsonObject };
export const SampleContext = createContext<SampleState>({ sample: { kind: '' }, saved: {} });

/** What a step may need and the workspace may lack. */
export type Lacking = { what: 'connection'; kinds: string[] } | { what: 'secret' };
/** The dialog that makes it; told the name before it closes. Other features own these dialogs: the application hands them in. */
export type Make = (lacking: Lacking, done: (name: string) => void, close: () => void) => ReactNode;
export const MakeContext = createContext<Make | undefined>(undefined);

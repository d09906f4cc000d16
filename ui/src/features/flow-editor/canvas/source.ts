/** The newest document for what is drawn on the canvas: a node follows its own step. */
import { createContext, use } from 'react';
import { type Doc, get, type Json } from '@/features/flow-editor/model/json';
import { sourceOf, usePart } from '@/features/flow-editor/source';

export const DrawnContext = createContext(sourceOf<Doc>({}));

/** What stands at a place; it keeps its identity while nothing in it changes. */
export const useAt = (at: string): Json | undefined =>
  usePart(use(DrawnContext), (doc) => get(doc, at), Object.is);

/** The keys of the canvas: arrows go from place to place, Enter opens one, letters and the usual chords change the flow. */
import type { KeyboardEvent } from 'react';
import { useEdit } from '@/features/flow-editor/context';
import {
  duplicateStep,
  insertStep,
  nudgeStep,
  removeStep,
  stepAfterRemoval,
} from '@/features/flow-editor/model/edit';
import { copyWithFreshIds } from '@/features/flow-editor/model/ids';
import { get, isObject } from '@/features/flow-editor/model/json';
import { clipboard } from '@/features/flow-editor/steps/carry';
import { plural } from '@/lib/format';
import { say } from '@/lib/toasts';
import type { Layout } from './layout';
import { arrows, neighbour } from './neighbours';
import { afterPlace, type Place } from './shape';
import type { Chosen } from './use-place';

type Acts = {
  open: (key: string) => void;
  add: (place: { list: string; index: number }, beside: Element) => void;
};

export function useCanvasKeys(chosen: Chosen, layout: Layout, { open, add }: Acts) {
  const edit = useEdit();
  return (event: KeyboardEvent) => {
    const node = (event.target as Element).closest<HTMLElement>('[data-node]');
    const key = node?.dataset.node;
    const place = key === undefined ? undefined : chosen.places.get(key);
    if (!node || !key || !place || event.defaultPrevented) return;
    const act = event.ctrlKey || event.metaKey ? chord(event.key, place) : plain(event, key, place, node);
    if (!act) return;
    event.preventDefault();
    act();
  };

  function plain(event: KeyboardEvent, key: string, place: Place, node: Element): (() => void) | undefined {
    const to = arrows[event.key];
    if (event.altKey) {
      const by = { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key];
      return by && place.what === 'step' ? () => edit.move((doc) => nudgeStep(doc, place.at, by)) : undefined;
    }
    if (to) {
      const next = neighbour(layout.nodes, key, to);
      return () => next && chosen.focus(next);
    }
    switch (event.key) {
      case 'Enter':
        return () => open(key);
      case 'a':
      case 'Insert':
        return () => add(afterPlace(place), node);
      case 'Delete':
      case 'Backspace':
        return place.what === 'step' ? () => remove(place) : undefined;
      case ' ':
        return place.what === 'step' && place.step.blocks.length > 0 ? () => chosen.toggle(key) : undefined;
      default:
        return undefined;
    }
  }

  function chord(letter: string, place: Place): (() => void) | undefined {
    const held = clipboard.step;
    if (letter === 'v' && held)
      return () => {
        const { list, index } = afterPlace(place);
        edit.move((doc) => insertStep(doc, list, index, copyWithFreshIds(doc, held)));
      };
    if (place.what !== 'step') return undefined;
    switch (letter) {
      case 'c':
        return () => copy(place.at, 'Copied');
      case 'x':
        return () => {
          copy(place.at, 'Cut');
          edit.move((doc) => ({ doc: removeStep(doc, place.at), at: stepAfterRemoval(place.at, place.of) }));
        };
      case 'd':
        return () => edit.move((doc) => duplicateStep(doc, place.at));
      default:
        return undefined;
    }
  }

  function copy(at: string, done: string): void {
    const step = get(edit.read(), at);
    if (!isObject(step)) return;
    clipboard.step = step;
    say(`${done} “${String(step.id ?? 'step')}”`, 'Ctrl+V puts it behind another step, in any flow.');
  }

  function remove(place: Extract<Place, { what: 'step' }>): void {
    const inside = [...chosen.places.values()].filter(
      (each) => each.what === 'step' && each.inside.includes(place.step.key),
    ).length;
    edit.move((doc) => ({ doc: removeStep(doc, place.at), at: stepAfterRemoval(place.at, place.of) }));
    say(
      `Removed “${place.step.key}”`,
      inside > 0 ? `With ${plural(inside, 'step')} inside it. Undo brings it back.` : 'Undo brings it back.',
    );
  }
}

/** The keys of the canvas: arrows go from place to place, Enter opens one, letters and the usual chords change the flow. */
import type { KeyboardEvent } from 'react';
import { useEdit } from '@/features/flow-editor/context';
import { duplicateStep, nudgeStep, removeStep, stepAfterRemoval } from '@/features/flow-editor/model/edit';
import { type Range, removeSteps, stepsOf } from '@/features/flow-editor/model/ranges';
import { idOf } from '@/features/flow-editor/model/steps';
import { copySteps } from '@/features/flow-editor/steps/carry';
import { plural } from '@/lib/format';
import { say } from '@/lib/toasts';
import type { Layout } from './layout';
import { arrows, neighbour } from './neighbours';
import { afterPlace, beside, type Place } from './shape';
import type { Chosen } from './use-place';

type StepPlace = Extract<Place, { what: 'step' }>;
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
    if (event.shiftKey && (to === 'up' || to === 'down')) {
      const further = beside(chosen.places, chosen.until ?? key, to === 'up' ? -1 : 1);
      return () => further && chosen.extend(further);
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
      case 'Escape':
        return chosen.range && (() => chosen.extend(undefined));
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
    if (place.what !== 'step') return undefined;
    switch (letter) {
      case 'c':
        return () => copy(place, 'Copied');
      case 'x':
        return () => {
          copy(place, 'Cut');
          edit.move((doc) => removeSteps(doc, chosenWith(place)));
        };
      case 'a':
        return () => chosen.span(besides(place));
      case 'd':
        return () => edit.move((doc) => duplicateStep(doc, place.at));
      default:
        return undefined;
    }
  }

  /** The keys of all steps of its list. */
  function besides({ list }: StepPlace): string[] {
    return [...chosen.places].flatMap(([key, each]) =>
      each.what === 'step' && each.list === list ? [key] : [],
    );
  }

  /** The steps that are chosen: the range where there is one. */
  function chosenWith(place: StepPlace): Range {
    return chosen.range ?? { list: place.list, from: place.index, count: 1 };
  }

  function copy(place: StepPlace, done: string): void {
    const steps = stepsOf(edit.read(), chosenWith(place));
    copySteps(steps);
    const what = steps.length === 1 ? `“${idOf(steps[0]) || 'step'}”` : plural(steps.length, 'step');
    say(`${done} ${what}`, 'Ctrl+V puts it behind another step, in any flow and any window.');
  }

  function remove(place: StepPlace): void {
    if (chosen.range) {
      const { range } = chosen;
      edit.move((doc) => removeSteps(doc, range));
      say(`Removed ${plural(range.count, 'step')}`, 'Undo brings them back.');
      return;
    }
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

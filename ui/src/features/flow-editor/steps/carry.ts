/** What is held between places: copied steps, also on the clipboard of the system, and the name under which a dragged one travels. */
import { asText } from '@/features/flow-editor/model/ranges';
import type { Step } from '@/features/flow-editor/model/steps';

export const dragType = 'application/x-switchhook-step';

/** Where the system's clipboard could not be written, they are held for this page `alone`. */
export const clipboard: { steps: Step[]; alone: boolean } = { steps: [], alone: false };

export function copySteps(steps: Step[]): void {
  clipboard.steps = steps;
  clipboard.alone = !navigator.clipboard;
  navigator.clipboard?.writeText(asText(steps)).catch(() => {
    clipboard.alone = true;
  });
}

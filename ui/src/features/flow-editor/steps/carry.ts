/** What is held between places: a copied step, and the name under which a dragged one travels. */
import type { Step } from '@/features/flow-editor/model/steps';

export const dragType = 'application/x-switchhook-step';

export const clipboard: { step: Step | undefined } = { step: undefined };

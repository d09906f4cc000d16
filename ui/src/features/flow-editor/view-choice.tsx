import { Segmented } from '@/components/segmented';
import type { View } from './toolbar';

type Props = { view: View; onView: (view: View) => void };

/** The views of one document: going to another takes everything along. */
export function ViewChoice({ view, onView }: Props) {
  return (
    <Segmented
      label="How the flow is edited"
      options={[
        ['wizard', 'Guided'],
        ['form', 'Form'],
        ['canvas', 'Canvas'],
        ['text', 'Text'],
      ]}
      value={view}
      onChange={onView}
    />
  );
}

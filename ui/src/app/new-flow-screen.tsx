import { NewFlowPage } from '@/features/flow-editor/new-flow-page';
import { Making } from './making';

/** A new flow, with the dialogs that make what its steps need. */
export function NewFlowScreen() {
  return (
    <Making>
      <NewFlowPage />
    </Making>
  );
}

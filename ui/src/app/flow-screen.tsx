import { FlowDocument } from '@/features/flow-editor/flow-document';
import { FlowPage } from '@/features/flows/flow-page';
import { Making } from './making';

/** The page of a flow with the editor in it: two features, put together here. */
export function FlowScreen() {
  return (
    <Making>
      <FlowPage editor={(flow) => <FlowDocument key={flow.id} flow={flow} />} />
    </Making>
  );
}

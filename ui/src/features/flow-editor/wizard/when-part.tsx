import { Panel } from '@/components/panel';
import { type Doc, listOf, objectOf, textOf } from '@/features/flow-editor/model/json';
import { Moments } from './moments';
import { WhichCalls } from './which-calls';

/** When: the moment, and which calls. */
export function WhenPart({ doc }: { doc: Doc }) {
  const kinds = listOf(doc.on).map(textOf);
  return (
    <>
      <Moments chosen={kinds} />
      <Panel title="Which calls? (leave open what does not matter)">
        <WhichCalls filters={objectOf(doc.where)} kinds={kinds} />
      </Panel>
    </>
  );
}

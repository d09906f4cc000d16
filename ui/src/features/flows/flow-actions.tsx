import { useNavigate } from '@tanstack/react-router';
import { Blocks, Copy, FileDown, MoreHorizontal, Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Menu } from '@/components/menu';
import { useMay } from '@/lib/may';
import { saveFile } from '@/lib/save-file';
import type { Flow } from '@/lib/types';
import { DeleteFlow } from './delete-flow';
import { SaveAsRecipe } from './save-as-recipe';
import { SwitchFlow } from './switch-flow';
import { useDuplicate } from './use-duplicate';

/** Turn on and off, duplicate, hand on, delete. */
export function FlowActions({ flow }: { flow: Flow }) {
  const { why } = useMay('write');
  const navigate = useNavigate();
  const copy = useDuplicate(flow.id);
  const [asking, setAsking] = useState<'switch' | 'recipe' | 'delete'>();
  const [off, setOff] = useState(flow.enabled);
  const close = () => setAsking(undefined);
  return (
    <>
      {flow.live !== null && (
        <Button
          icon={flow.enabled ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          why={why}
          onClick={() => {
            setOff(flow.enabled);
            setAsking('switch');
          }}
        >
          {flow.enabled ? 'Turn off' : 'Turn on'}
        </Button>
      )}
      <Menu
        label="More actions"
        trigger={
          <Button busy={copy.isPending} icon={<MoreHorizontal aria-hidden="true" />}>
            More
          </Button>
        }
        items={[
          {
            label: 'Duplicate',
            hint: why ?? 'A copy that is off',
            disabled: why !== undefined,
            icon: <Copy />,
            onSelect: () => copy.duplicate(),
          },
          {
            label: 'Save as recipe…',
            hint: why ?? 'For others to start from',
            disabled: why !== undefined,
            icon: <Blocks />,
            onSelect: () => setAsking('recipe'),
          },
          {
            label: 'Export',
            hint: 'Its document as a file',
            icon: <FileDown />,
            onSelect: () =>
              saveFile(`${flow.key ?? flow.id}.json`, `${JSON.stringify(flow.document, null, 2)}\n`),
          },
          {
            label: 'Delete…',
            icon: <Trash2 />,
            danger: true,
            hint: why,
            disabled: why !== undefined,
            onSelect: () => setAsking('delete'),
          },
        ]}
      />
      {copy.error && (
        <div className="basis-full">
          <Failure error={copy.error} what="The flow was not duplicated" />
        </div>
      )}
      {asking === 'recipe' && <SaveAsRecipe flow={flow} onClose={close} />}
      <SwitchFlow flow={flow} off={off} open={asking === 'switch'} onClose={close} />
      <DeleteFlow
        flow={flow}
        open={asking === 'delete'}
        onClose={close}
        onDeleted={() => void navigate({ to: '/flows' })}
      />
    </>
  );
}

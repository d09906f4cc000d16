import { Copy, MoreHorizontal, Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/icon-button';
import { Menu } from '@/components/menu';
import { useMay } from '@/lib/may';
import { say } from '@/lib/toasts';
import type { FlowRow } from '@/lib/types';
import { DeleteFlow } from './delete-flow';
import { SwitchFlow } from './switch-flow';
import { useDuplicate } from './use-duplicate';

/** What can be done with a flow where it is listed: turn it on or off, duplicate, delete. */
export function FlowRowActions({ flow }: { flow: FlowRow }) {
  const { why } = useMay('write');
  const copy = useDuplicate(flow.id);
  const [asking, setAsking] = useState<'switch' | 'delete'>();
  const [off, setOff] = useState(flow.enabled);
  const close = () => setAsking(undefined);
  const isOn = flow.enabled;
  return (
    <span className="flex items-center">
      {flow.live !== null && (
        <IconButton
          size="sm"
          label={`Turn “${flow.name}” ${isOn ? 'off' : 'on'}`}
          icon={isOn ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          why={why}
          onClick={() => {
            setOff(isOn);
            setAsking('switch');
          }}
        />
      )}
      <Menu
        label={`More about “${flow.name}”`}
        trigger={
          <IconButton
            size="sm"
            label={`More about “${flow.name}”`}
            icon={<MoreHorizontal aria-hidden="true" />}
          />
        }
        items={[
          {
            label: 'Duplicate',
            hint: why ?? 'A copy that is off',
            disabled: why !== undefined || copy.isPending,
            icon: <Copy />,
            onSelect: () => copy.duplicate((error) => say('The flow was not duplicated', error.message)),
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
      <SwitchFlow flow={flow} off={off} open={asking === 'switch'} onClose={close} />
      <DeleteFlow flow={flow} open={asking === 'delete'} onClose={close} onDeleted={close} />
    </span>
  );
}

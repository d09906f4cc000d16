import { Panel, useReactFlow } from '@xyflow/react';
import { Maximize, Maximize2, Minimize2, ZoomIn, ZoomOut } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { useActs } from './context';

export function ZoomButtons() {
  const flow = useReactFlow();
  const { full } = useActs();
  return (
    <Panel
      position="top-right"
      className="m-2! flex rounded-md border border-line bg-surface"
      aria-label="Zoom"
      role="group"
    >
      <IconButton
        size="sm"
        label="Zoom out"
        icon={<ZoomOut aria-hidden="true" />}
        onClick={() => void flow.zoomOut()}
      />
      <IconButton
        size="sm"
        label="Zoom in"
        icon={<ZoomIn aria-hidden="true" />}
        onClick={() => void flow.zoomIn()}
      />
      <IconButton
        size="sm"
        label="Show all"
        icon={<Maximize aria-hidden="true" />}
        onClick={() => void flow.fitView({ padding: 0.08, maxZoom: 1 })}
      />
      {full && (
        <IconButton
          size="sm"
          label={full.on ? 'Leave the full window' : 'Full window'}
          aria-pressed={full.on}
          icon={full.on ? <Minimize2 aria-hidden="true" /> : <Maximize2 aria-hidden="true" />}
          onClick={full.toggle}
        />
      )}
    </Panel>
  );
}

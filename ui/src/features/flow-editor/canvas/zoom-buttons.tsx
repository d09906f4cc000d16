import { Panel, useReactFlow } from '@xyflow/react';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { IconButton } from '@/components/icon-button';

export function ZoomButtons() {
  const flow = useReactFlow();
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
    </Panel>
  );
}

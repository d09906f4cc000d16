import { Handle, Position } from '@xyflow/react';

/** Where lines meet a node; nothing can be wired by hand, so they are not seen. */
export function Joints() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className="opacity-0" />
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="opacity-0" />
    </>
  );
}

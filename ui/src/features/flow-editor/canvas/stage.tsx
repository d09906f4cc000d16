import '@xyflow/react/dist/base.css';
import { MiniMap, type Node, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { FrameNode } from './frame-node';
import { HeadNode } from './head-node';
import { JoinNode } from './join-node';
import { LaneNode } from './lane-node';
import type { Layout } from './layout';
import { type LineEdge, LineEdgeView } from './line-edge';
import { isStop } from './neighbours';
import { StepNode } from './step-node';
import { useMarquee } from './use-marquee';
import { beginning, moved } from './viewport';
import { ZoomButtons } from './zoom-buttons';

type Props = { layout: Layout; selected: string; holders: ReadonlySet<string>; label: string };

const nodeTypes = {
  when: LaneNode,
  failure: LaneNode,
  step: StepNode,
  head: HeadNode,
  frame: FrameNode,
  join: JoinNode,
};
const edgeTypes = { line: LineEdgeView };
const hidden = { hideAttribution: true };
const colours: Record<string, string> = {
  when: 'var(--accent)',
  failure: 'var(--bad)',
  frame: 'var(--line)',
};
const colourOf = (node: Node) => colours[node.type ?? ''] ?? 'var(--ink-mute)';

/** The picture of a flow: panned, zoomed, and always showing what is chosen. It is drawn again only when something moves. */
export const Stage = memo(function Stage(props: Props) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
});

function Picture({ layout, selected, holders, label }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  const marquee = useMarquee(layout);
  const placed = useMemo(
    () =>
      layout.nodes.map((node) => ({
        id: node.key,
        type: node.what,
        position: { x: node.x, y: node.y },
        width: node.width,
        height: node.height,
        zIndex: node.what === 'frame' ? -1 : 1,
        data: { placed: node, holds: holders.has(node.key) },
      })),
    [layout, holders],
  );
  const nodes = useMemo(
    () => placed.map((node) => (node.id === selected ? { ...node, selected: true } : node)),
    [placed, selected],
  );
  const edges = useMemo<LineEdge[]>(
    () =>
      layout.lines.map((line) => ({
        id: line.key,
        source: line.from,
        target: line.to,
        type: 'line',
        data: { line, after: spoken(line.from) },
      })),
    [layout],
  );
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const show = () => {
      const node = layout.nodes.find((each) => isStop(each) && each.key === selected);
      const next = node && flow.viewportInitialized && moved(flow.getViewport(), node, sizeOf(box));
      if (next) void flow.setViewport(next);
    };
    // It tells the first size, too.
    const watch = new ResizeObserver(show);
    watch.observe(box);
    return () => watch.disconnect();
  }, [layout, selected, flow]);
  return (
    // By keyboard several are chosen with Shift and arrows, or Ctrl+A.
    <div ref={frame} className="@container relative size-full" onMouseDownCapture={marquee.press}>
      <ReactFlow
        aria-label={label}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        minZoom={0.2}
        maxZoom={1.5}
        proOptions={hidden}
        onInit={(ready) => {
          if (!frame.current) return;
          const box = sizeOf(frame.current);
          const first = beginning(layout, box);
          const node = layout.nodes.find(({ key }) => key === selected);
          void ready.setViewport((node && moved(first, node, box)) ?? first);
        }}
      >
        <ZoomButtons />
        <MiniMap
          pannable
          ariaLabel="The whole flow"
          className="hidden! border border-line @4xl:block!"
          style={{ width: 150, height: 110 }}
          bgColor="var(--surface)"
          maskColor="color-mix(in oklch, var(--canvas) 70%, transparent)"
          nodeColor={colourOf}
        />
      </ReactFlow>
      {marquee.box && (
        <div
          aria-hidden="true"
          style={marquee.box}
          className="pointer-events-none absolute z-10 border border-accent bg-accent/10"
        />
      )}
    </div>
  );
}

const sizeOf = ({ clientWidth: width, clientHeight: height }: HTMLElement) => ({ width, height });

/** Where a line begins, as a place to add after is named. */
const spoken = (key: string) =>
  key === '@when' ? 'the trigger' : key === '@failure' ? 'a failure' : key.replace(/\|join$/, '');

/** Which part of the picture is seen: at first from the top, as large as can be read, later whatever is chosen. */
type View = { x: number; y: number; zoom: number };
type Box = { width: number; height: number };
type Rect = Box & { x: number; y: number };

const margin = 24;
/** Below this the words cannot be read. */
const readable = 0.8;

export function beginning(whole: Box & { left: number; top: number }, box: Box): View {
  const fits = Math.min((box.width - 2 * margin) / whole.width, (box.height - 2 * margin) / whole.height);
  const zoom = Math.min(1, Math.max(readable, fits));
  const [width, height] = [whole.width * zoom, whole.height * zoom];
  // What starts the flow stands at 0: where not all fits in, that is seen.
  const x = width + 2 * margin <= box.width ? (box.width - width) / 2 - whole.left * zoom : box.width / 2;
  const y = height + 2 * margin <= box.height ? (box.height - height) / 2 : margin;
  return { x, y: y - whole.top * zoom, zoom };
}

/** The view moved as little as it takes to show a node; nothing where it is seen. */
export function moved(view: View, node: Rect, box: Box): View | undefined {
  const shift = (from: number, length: number, room: number) => {
    const to = from + length;
    if (from < margin) return margin - from;
    return to > room - margin ? Math.max(room - margin - to, margin - from) : 0;
  };
  const dx = shift(node.x * view.zoom + view.x, node.width * view.zoom, box.width);
  const dy = shift(node.y * view.zoom + view.y, node.height * view.zoom, box.height);
  return dx === 0 && dy === 0 ? undefined : { x: view.x + dx, y: view.y + dy, zoom: view.zoom };
}

/** Around a step and its branches. */
export const FrameNode = () => (
  <div className="size-full rounded-xl border border-line-strong/70 bg-inset/50" />
);

import { Joints } from './joints';

/** Where branches come together, or a lane ends. */
export const JoinNode = () => (
  <div className="relative size-full rounded-full bg-line-strong">
    <Joints />
  </div>
);

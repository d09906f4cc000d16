import { useState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { useMay } from '@/lib/may';
import type { Flow } from '@/lib/types';
import { SwitchFlow } from './switch-flow';

/** A flow that is off, as one from a recipe or a copy is at first: what that means, and the way on. */
export function OffNotice({ flow }: { flow: Flow }) {
  const { why } = useMay('write');
  const [asking, setAsking] = useState(false);
  if (flow.enabled || flow.live === null || flow.paused) return null;
  return (
    <Notice title="This flow is off: no call starts it">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span>Look it over and try it out. When it does what you want, turn it on.</span>
        <Button look="primary" size="sm" why={why} onClick={() => setAsking(true)}>
          Turn it on
        </Button>
      </div>
      <SwitchFlow flow={flow} off={false} open={asking} onClose={() => setAsking(false)} />
    </Notice>
  );
}

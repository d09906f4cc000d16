import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '@/components/empty';
import { Notice } from '@/components/notice';
import { RehearsalMenu } from '@/components/rehearsal-menu';
import type { Flow } from '@/lib/types';
import { whyNot } from './why-not';

/** No run so far: what starts one, and a call that can be played now, with the way to the reason where that starts nothing. */
export function NotRunYet({ flow }: { flow: Flow }) {
  const [played, setPlayed] = useState<string>();
  const why = whyNot(flow);
  if (why) return <Empty title="This flow has not run yet">{why}</Empty>;
  return (
    <Empty
      title="This flow has not run yet"
      action={<RehearsalMenu onPlayed={({ events }) => setPlayed(events.at(-1)?.call_id)} />}
    >
      It is on and runs for the next call that passes its filters. To see it now, play a call that nobody has
      made: every flow that is on does for it what it does for a real one.
      {played && (
        <div role="status" className="mt-3 text-left">
          <Notice tone="wait" title="The call is played: a run appears here within seconds">
            None? Then the flow waits for another moment, or its filters refuse this call.{' '}
            <Link
              to="/flows/$flowId"
              params={{ flowId: flow.id }}
              search={{ view: 'wizard', part: 'review', call: played }}
              className="text-accent underline underline-offset-2"
            >
              Try it on that call
            </Link>{' '}
            to see why.
          </Notice>
        </div>
      )}
    </Empty>
  );
}

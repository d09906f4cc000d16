import { Link } from '@tanstack/react-router';
import { Notice } from '@/components/notice';
import type { AgentFlow } from '@/lib/types';

/** Where the settings are carried out: a flow to look at, whose runs show what was sent. */
export function KeptFlow({ flow, what }: { flow: AgentFlow; what: string }) {
  return (
    <Notice tone={flow.paused ? 'bad' : 'info'}>
      {flow.paused ? `${what} are paused: see why at their flow, ` : `${what} are carried out by the flow `}
      <Link
        to="/flows/$flowId"
        params={{ flowId: flow.id }}
        className="text-accent underline underline-offset-2"
      >
        {flow.name}
      </Link>
      {' · '}
      <Link
        to="/flows/$flowId"
        params={{ flowId: flow.id }}
        search={{ tab: 'runs' }}
        className="text-accent underline underline-offset-2"
      >
        What was sent
      </Link>
    </Notice>
  );
}

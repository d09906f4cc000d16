import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bot } from 'lucide-react';
import { buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Sparkline } from '@/components/sparkline';
import { count, duration, plural } from '@/lib/format';
import { agentFiguresQuery } from '@/lib/server/stats';
import type { AgentFigures } from '@/lib/types';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { useNow } from '@/lib/use-now';
import { HealthPanel } from './health-panel';

/** Silence is a matter of quarters of an hour. */
const CALM = 60_000;

/** Calls of each agent in the last day: those that should have had some and had none come first. */
export function AgentHealth() {
  const query = agentFiguresQuery();
  const agents = useQuery(query);
  useLiveRefresh(query.queryKey, ({ topic }) => topic === 'event' || topic === 'alert', CALM);
  return (
    <HealthPanel
      title="Agents"
      to="/agents"
      label="Agents by calls"
      query={agents}
      what="The agents could not be counted"
      rows={agents.data}
      empty={
        <Empty
          icon={<Bot />}
          title="No calls of an agent yet"
          action={
            <Link to="/endpoints" className={buttonClass()}>
              Connect a platform
            </Link>
          }
        >
          Each agent that calls name is here with its last day, and you are told when it goes quiet.
        </Empty>
      }
      line={(agent) => <Line key={agent.agent} agent={agent} />}
    />
  );
}

function Line({ agent: { agent, calls, quiet, usual } }: { agent: AgentFigures }) {
  const now = useNow(60_000, quiet !== null);
  const day = calls.reduce((sum, each) => sum + each, 0);
  return (
    <li>
      <Link
        to="/calls"
        search={{ agent }}
        className="grid grid-cols-[minmax(0,1fr)_6rem] items-center gap-x-4 px-4 py-2.5 outline-offset-[-2px] hover:bg-inset"
      >
        <span className="flex min-w-0 flex-col">
          <span className="truncate">{agent}</span>
          {quiet ? (
            <span className="text-xs text-bad">
              Quiet for {duration((now - Date.parse(quiet.since)) * 1000)} · usually {count(quiet.usual)} an
              hour
            </span>
          ) : (
            <span className="text-xs text-ink-mute">
              {plural(day, 'call')} in 24 hours
              {usual != null && usual > 0 && <> · usually {count(usual)} in this hour</>}
            </span>
          )}
        </span>
        <Sparkline values={calls} tone={quiet ? 'bad' : 'main'} />
      </Link>
    </li>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { agentQuery } from '@/lib/server/agents';
import { AgentEditor } from './agent-editor';

/** One agent: all its settings, in tabs, saved together. */
export function AgentPage() {
  const { agentId } = useParams({ from: '/shell/agents/$agentId' });
  const agent = useQuery(agentQuery(agentId));
  if (agent.data) return <AgentEditor key={agent.data.id} agent={agent.data} />;
  return (
    <Page narrow title="Agent" parent={<AgentsLink />}>
      {agent.isError ? (
        <Failure
          error={agent.error}
          what="The agent could not be loaded"
          retry={() => void agent.refetch()}
        />
      ) : (
        <Panel>
          <Skeleton rows={8} label="Loading the agent" />
        </Panel>
      )}
    </Page>
  );
}

export function AgentsLink() {
  return (
    <Link to="/agents" className="rounded hover:text-ink hover:underline">
      Agents
    </Link>
  );
}

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Bot, Plus } from 'lucide-react';
import { useCallback } from 'react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { SearchBox } from '@/components/search-box';
import { Skeleton } from '@/components/skeleton';
import { phone, plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { moveBetweenRows } from '@/lib/rows';
import { agentsQuery } from '@/lib/server/agents';
import type { AgentRow } from '@/lib/types';
import { NewAgentDialog } from './new-agent-dialog';

export function AgentsPage() {
  const { why } = useMay('write');
  const { q = '', open } = useSearch({ from: '/shell/agents' });
  const navigate = useNavigate({ from: '/agents' });
  const list = useInfiniteQuery({ ...agentsQuery(q), placeholderData: keepPreviousData });
  const show = useCallback(
    (next: { q?: string; open?: string }) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const search = useCallback((words: string) => show(words ? { q: words } : {}), [show]);
  const create = (
    <Button
      look="primary"
      icon={<Plus aria-hidden="true" />}
      why={why}
      onClick={() => show({ ...(q && { q }), open: 'new' })}
    >
      New agent
    </Button>
  );
  return (
    <Page
      narrow
      title="Agents"
      description="Your assistants: what is to be found out in their calls, and what follows from them."
      actions={create}
    >
      {(q !== '' || (list.data?.length ?? 0) > 0) && (
        <search aria-label="Search agents">
          <SearchBox
            label="Search agents by name"
            placeholder="Search by name"
            value={q}
            onChange={search}
            className="w-full"
          />
        </search>
      )}
      {list.isError && !list.data ? (
        <Failure error={list.error} what="The agents could not be loaded" retry={() => void list.refetch()} />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton rows={3} />
          ) : list.data.length === 0 && q ? (
            <Empty
              icon={<Bot />}
              title={`No agent is called “${q}”`}
              action={<Button onClick={() => search('')}>Clear the search</Button>}
            >
              Parts of names are searched. Calls can name agents that are not kept here: look for those among
              the calls.
            </Empty>
          ) : list.data.length === 0 ? (
            <Empty icon={<Bot />} title="No agents yet" action={create}>
              Add an agent to get a text, a mail or a webhook after each of its calls without building a flow.
            </Empty>
          ) : (
            <>
              <ul aria-label="Agents" onKeyDown={moveBetweenRows} className="divide-y divide-line">
                {list.data.map((agent) => (
                  <AgentLine key={agent.id} agent={agent} />
                ))}
              </ul>
              <LoadMore
                more={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
                shown={plural(list.data.length, 'agent')}
              />
            </>
          )}
        </Panel>
      )}
      {open === 'new' && <NewAgentDialog onClose={() => show(q ? { q } : {})} />}
    </Page>
  );
}

function AgentLine({ agent }: { agent: AgentRow }) {
  const parts = [
    agent.provider,
    agent.language,
    ...(agent.numbers ?? []).slice(0, 2).map((number) => phone(number)),
  ].filter(Boolean);
  const actions = agent.actions?.length ?? 0;
  const requests = agent.call_actions?.length ?? 0;
  return (
    <li>
      <Link
        to="/agents/$agentId"
        params={{ agentId: agent.id }}
        data-row
        className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 outline-offset-[-2px] hover:bg-inset"
      >
        <span className="min-w-0">
          <span className="block truncate font-medium">{agent.name}</span>
          <span className="block truncate text-xs text-ink-mute">
            {parts.join(' · ') || 'No platform yet'}
          </span>
        </span>
        <span className="flex flex-wrap gap-1.5">
          {(agent.variables?.length ?? 0) > 0 && (
            <Badge>{plural(agent.variables?.length ?? 0, 'variable')}</Badge>
          )}
          {actions > 0 && <Badge>{plural(actions, 'post-call action')}</Badge>}
          {requests > 0 && <Badge>{plural(requests, 'call action')}</Badge>}
        </span>
      </Link>
    </li>
  );
}

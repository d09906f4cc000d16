import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { problemsOf } from '@/lib/problem';
import { agentsQuery, useCreateAgent } from '@/lib/server/agents';
import { callsQuery } from '@/lib/server/calls';

/** As many names as are looked through before one is typed. */
const most = 8;

/** Names that calls have told and that no agent has yet. */
function useHeard(): string[] {
  const calls = useInfiniteQuery({ ...callsQuery({}), staleTime: 60_000 }).data ?? [];
  const agents = useInfiniteQuery(agentsQuery()).data ?? [];
  const names = new Set(calls.flatMap(({ agent }) => (agent ? [agent] : [])));
  return [...names].filter((name) => !agents.some((agent) => agent.name === name)).slice(0, most);
}

/** An agent begins with its name; all else is on its page. */
export function NewAgentDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateAgent();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const heard = useHeard();
  const problem = problemsOf(create.error).find(({ path }) => path === '/name');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name: name.trim() },
      {
        onSuccess: (agent) => {
          onClose();
          void navigate({ to: '/agents/$agentId', params: { agentId: agent.id } });
        },
      },
    );
  };
  return (
    <Dialog open onClose={onClose} title="New agent" description="You can say all else on its page.">
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        {create.isError && !problem && <Failure error={create.error} what="The agent was not created" />}
        <Field
          label="Name"
          help="Calls whose platform uses this name are the agent’s."
          error={problem?.message}
        >
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              autoComplete="off"
              placeholder="Sarah"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {heard.length > 0 && (
          <div role="group" aria-label="Names in your calls" className="flex flex-wrap items-center gap-1.5">
            <span className="text-ink-mute">In your calls:</span>
            {heard.map((each) => (
              <Button key={each} size="sm" onClick={() => setName(each)}>
                {each}
              </Button>
            ))}
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={!name.trim()}>
            Create agent
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

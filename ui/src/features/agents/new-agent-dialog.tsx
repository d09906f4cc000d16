import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { ApiProblem } from '@/lib/problem';
import { useCreateAgent } from '@/lib/server/agents';

/** An agent begins with its name; all else is on its page. */
export function NewAgentDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateAgent();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const problem = create.isError
    ? ApiProblem.from(create.error).problems.find(({ path }) => path === '/name')
    : undefined;
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

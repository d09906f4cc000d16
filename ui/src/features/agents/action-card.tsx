import { Trash2 } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { Panel } from '@/components/panel';
import type { AgentAction } from '@/lib/types';
import { Check } from './check';
import { useProblem } from './context';
import { MessageFields } from './message-fields';
import { given } from './settings';
import { TestRequest } from './test-request';
import { WebhookFields } from './webhook-fields';
import { WhenFields } from './when-fields';

const labels = { sms: 'SMS', email: 'E-mail', webhook: 'Webhook' } as const;

type Props = { at: number; action: AgentAction; onChange: (action: AgentAction | undefined) => void };

/** One post-call action: whether it is on, what is sent where, for which calls. */
export function ActionCard({ at, action, onChange }: Props) {
  const problem = useProblem();
  const label = action.name || `${labels[action.kind]} ${at + 1}`;
  const set = (change: Partial<AgentAction>) => onChange(given({ ...action, ...change }));
  const on = action.enabled ?? action.kind !== 'webhook';
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-2">
          {label} <Badge>{labels[action.kind]}</Badge>
        </span>
      }
      actions={
        <>
          <Check checked={on} onChange={(enabled) => set({ enabled })}>
            On<span className="sr-only">: {label}</span>
          </Check>
          <IconButton
            size="sm"
            label={`Remove ${label}`}
            icon={<Trash2 aria-hidden="true" />}
            onClick={() => onChange(undefined)}
          />
        </>
      }
    >
      <div role="group" aria-label={label} className="flex flex-col gap-4">
        {problem(`/actions/${at}`) && <p className="text-bad">{problem(`/actions/${at}`)}</p>}
        <Field label="Name" help="For you, and for webhooks that say what became of it.">
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              autoComplete="off"
              placeholder="Tell the owner"
              value={action.name ?? ''}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        {action.kind === 'webhook' ? (
          <WebhookFields at={at} action={action} set={set} />
        ) : (
          <MessageFields at={at} action={action} set={set} />
        )}
        <WhenFields at={at} when={action.when ?? {}} onChange={(when) => set({ when })} />
        <TestRequest part="actions" of={action.id} />
      </div>
    </Panel>
  );
}

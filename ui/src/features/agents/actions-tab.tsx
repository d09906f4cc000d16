import { Mail, MessageSquare, Webhook } from 'lucide-react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Notice } from '@/components/notice';
import { Panel } from '@/components/panel';
import type { AgentAction, AgentFlow } from '@/lib/types';
import { ActionCard } from './action-card';
import { useAgent, useProblem } from './context';
import { KeptFlow } from './kept-flow';
import { mostActions, replaced } from './settings';

const kinds = [
  ['sms', 'SMS', MessageSquare],
  ['email', 'E-mail', Mail],
  ['webhook', 'Webhook', Webhook],
] as const;

/** What follows each call once all that is to come of it is known. */
export function ActionsTab({ flows }: { flows: AgentFlow[] }) {
  const { settings, set } = useAgent();
  const problem = useProblem();
  const all = settings.actions ?? [];
  const full =
    all.length >= mostActions ? `an agent has at most ${mostActions} post-call actions` : undefined;
  const put = (at: number, action: AgentAction | undefined) => set({ actions: replaced(all, at, action) });
  const sends = (kind: AgentAction['kind']) =>
    all.some((action) => action.kind === kind && action.enabled !== false);
  const add = (
    <div className="flex flex-wrap gap-2">
      {kinds.map(([kind, label, Icon]) => (
        <Button
          key={kind}
          icon={<Icon aria-hidden="true" />}
          why={full}
          aria-label={`Add ${label}`}
          onClick={() => set({ actions: [...all, { id: '', kind }] })}
        >
          {label}
        </Button>
      ))}
    </div>
  );
  const flow = flows.find((each) => each.call_action === null && !each.extracts);
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-prose text-ink-soft">
        Sent after each call, once it is analysed or no analysis is to come. Webhooks go last and say what
        became of the others.
      </p>
      {problem('/actions') && <Notice tone="bad">{problem('/actions')}</Notice>}
      {sends('sms') && sends('email') && (
        <Notice>An SMS and an e-mail about the same call both cost what your providers charge.</Notice>
      )}
      {flow && <KeptFlow flow={flow} what="These actions" />}
      {all.length === 0 ? (
        <Panel>
          <Empty title="Nothing follows its calls yet" action={add}>
            A text or a mail with the summary, or the whole call as a webhook to a system of yours.
          </Empty>
        </Panel>
      ) : (
        <>
          {all.map((action, at) => (
            <ActionCard
              key={action.id || `new-${at}`}
              at={at}
              action={action}
              onChange={(next) => put(at, next)}
            />
          ))}
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-ink-mute">Add</span> {add}
          </div>
        </>
      )}
    </div>
  );
}

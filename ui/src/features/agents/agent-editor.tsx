import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { IdChip } from '@/components/id-chip';
import { Page } from '@/components/page';
import { Tabs } from '@/components/tabs';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import { useDeleteAgent, useSaveAgent } from '@/lib/server/agents';
import { say } from '@/lib/toasts';
import type { Agent, AgentSettings } from '@/lib/types';
import { ActionsTab } from './actions-tab';
import { AgentsLink } from './agent-page';
import { AgentTrend } from './agent-trend';
import { CallActionsTab } from './call-actions-tab';
import { Context } from './context';
import { DispositionsTab } from './dispositions-tab';
import { GeneralTab } from './general-tab';
import { QuestionsTab } from './questions-tab';
import { settingsOf } from './settings';
import { VariablesTab } from './variables-tab';

const starts: Record<string, string[]> = {
  general: ['/name', '/language', '/numbers', '/provider', '/system_prompt'],
  variables: ['/variables', '/extraction'],
  questions: ['/questions'],
  dispositions: ['/dispositions'],
  after: ['/actions'],
  moments: ['/call_actions'],
};

export function AgentEditor({ agent }: { agent: Agent }) {
  const { why } = useMay('write');
  const { tab = 'general' } = useSearch({ from: '/shell/agents/$agentId' });
  const navigate = useNavigate({ from: '/agents/$agentId' });
  const [base, setBase] = useState(agent);
  const [settings, setSettings] = useState<AgentSettings>(() => settingsOf(agent));
  const [asking, setAsking] = useState(false);
  const [save, remove] = [useSaveAgent(agent.id), useDeleteAgent()];
  const changed = JSON.stringify(settings) !== JSON.stringify(settingsOf(base));
  const problems = problemsOf(save.error);
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && !asking && current.pathname !== next.pathname,
    enableBeforeUnload: changed,
    withResolver: true,
  });
  const isWrong = (name: string) =>
    problems.some(({ path }) => starts[name]?.some((start) => path.startsWith(start)));
  const label = (name: string, text: string, number = 0) => (
    <span className={isWrong(name) ? 'text-bad' : undefined}>
      {text}
      {number > 0 && <span className="ml-1 text-xs text-ink-mute">{number}</span>}
      {isWrong(name) && <span className="sr-only">, has problems</span>}
    </span>
  );
  const store = () =>
    save.mutate(
      { settings, version: base.version },
      {
        onSuccess: (next) => {
          setBase(next);
          setSettings(settingsOf(next));
          say('Agent saved', 'Its calls are treated so from now on.');
        },
      },
    );
  return (
    <Page
      narrow
      title={base.name}
      parent={<AgentsLink />}
      beside={
        <>
          {base.provider && <Badge>{base.provider}</Badge>}
          <IdChip id={base.id} label="Copy agent id" />
        </>
      }
      actions={
        <>
          <IconButton
            label="Delete the agent"
            icon={<Trash2 aria-hidden="true" />}
            why={why}
            onClick={() => setAsking(true)}
          />
          <Button look="primary" why={why} disabled={!changed} busy={save.isPending} onClick={store}>
            Save
          </Button>
        </>
      }
    >
      {save.isError && <Failure error={save.error} what="The agent was not saved" />}
      <AgentTrend agent={base.name} />
      <Context
        value={{
          id: base.id,
          settings,
          set: (change) => setSettings((all) => ({ ...all, ...change })),
          problems,
          changed,
        }}
      >
        <div className="-mx-4">
          <Tabs
            label="Parts of the agent"
            value={tab}
            onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
            tabs={[
              { value: 'general', label: label('general', 'General'), content: <GeneralTab /> },
              {
                value: 'variables',
                label: label('variables', 'Variables', settings.variables?.length),
                content: <VariablesTab flow={base.flows.find(({ extracts }) => extracts)} />,
              },
              {
                value: 'questions',
                label: label('questions', 'Questions', settings.questions?.length),
                content: <QuestionsTab />,
              },
              {
                value: 'dispositions',
                label: label('dispositions', 'Dispositions', settings.dispositions?.length),
                content: <DispositionsTab />,
              },
              {
                value: 'after',
                label: label('after', 'Post-call', settings.actions?.length),
                content: <ActionsTab flows={base.flows} />,
              },
              {
                value: 'moments',
                label: label('moments', 'Call actions', settings.call_actions?.length),
                content: <CallActionsTab flows={base.flows} />,
              },
            ]}
          />
        </div>
      </Context>
      <Confirm
        open={leaving.status === 'blocked'}
        onClose={() => leaving.reset?.()}
        onConfirm={() => leaving.proceed?.()}
        title="Leave without saving?"
        confirm="Leave"
        cancel="Stay"
      >
        What you changed here is lost then.
      </Confirm>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete “${base.name}”?`}
        confirm="Delete the agent"
        busy={remove.isPending}
        error={remove.isError && <Failure error={remove.error} what="The agent was not deleted" />}
        onConfirm={() =>
          remove.mutate(agent.id, {
            onSuccess: () => {
              say('Agent deleted');
              void navigate({ to: '/agents' });
            },
          })
        }
      >
        Nothing follows its calls any more: the flows that its settings keep are deleted with it. Its calls
        and their runs stay.
      </Confirm>
    </Page>
  );
}

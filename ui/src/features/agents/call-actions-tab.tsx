import { Plus } from 'lucide-react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { AgentCallAction, AgentFlow } from '@/lib/types';
import { CallActionCard } from './call-action-card';
import { useAgent, useProblem } from './context';
import { moments } from './moments';
import { replaced } from './settings';

/** Requests at the moments of each call, in the order of a call. */
export function CallActionsTab({ flows }: { flows: AgentFlow[] }) {
  const { settings, set } = useAgent();
  const problem = useProblem();
  const all = settings.call_actions ?? [];
  const put = (at: number, action: AgentCallAction | undefined) =>
    set({ call_actions: replaced(all, at, action) });
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-prose text-ink-soft">
        Requests to your systems at each moment of a call, as many as you like. Nobody waits for their
        answers.
      </p>
      {problem('/call_actions') && <Notice tone="bad">{problem('/call_actions')}</Notice>}
      {moments.map(({ moment, label, help, kind }) => {
        const here = all
          .map((action, at) => [action, at] as const)
          .filter(([action]) => action.moment === moment);
        return (
          <section key={moment} aria-label={label} className="flex flex-col gap-3">
            <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line pb-1">
              <h3 className="min-w-0">
                <span className="font-medium">{label}</span>{' '}
                <span className="text-xs text-ink-mute">{help}</span>
              </h3>
              <Button
                size="sm"
                icon={<Plus aria-hidden="true" />}
                aria-label={`Add to ${label}`}
                onClick={() =>
                  set({
                    call_actions: [
                      ...all,
                      { id: '', moment, enabled: true, method: 'POST', url: '', timeout_s: 15 },
                    ],
                  })
                }
              >
                Add
              </Button>
            </div>
            {here.map(([action, at]) => (
              <CallActionCard
                key={action.id || `new-${at}`}
                at={at}
                action={action}
                kind={kind}
                flow={flows.find((flow) => flow.call_action === action.id)}
                onChange={(next) => put(at, next)}
              />
            ))}
          </section>
        );
      })}
    </div>
  );
}
